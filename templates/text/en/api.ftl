# API: the page that describes it, and the errors that programs show to people.

api-title = Register API
api-lead = The same actions as on the pages, for your programs.
api-download = Download the OpenAPI 3.1 description
api-address = Address
api-token = Token
api-token-text = Every request carries a personal token (Authorization: Bearer), read or write, valid for a year at most. Ask the team that runs the service.
api-errors = Errors
api-errors-text = application/problem+json (RFC 9457): a stable code for the program, a sentence for the person, in the language asked (Accept-Language).
api-versions = Versions
api-versions-text = The answer carries the version read (ETag). To decide or change, send it back (If-Match): one decides only on what one has read.
api-twice = Repeated requests
api-twice-text = With a key (Idempotency-Key), the same request sent again within 24 hours gives the same answer, without a second effect.
api-contents = On this page
api-details = Details
api-parameters = Parameters
api-name = Name
api-place = In
api-needed = Required
api-form = Form
api-about = Description
api-body = Request body:
api-responses = Responses
api-status = Status
api-schema = Schema
api-example = Example
api-schemas = Schemas
api-schemas-text = The Answers, Filing and FollowUp schemas follow the kinds of declaration in force.
api-tag-person = The person
api-tag-kinds = Kinds of declaration
api-tag-declarations = Declarations
api-tag-declarant = What the declarant does
api-tag-decider = What the decider does
api-tag-lists = Lists
api-description = Ethics and business-relations register: same actions, same rights and same words as on the pages.

problem-bad-parameters = A parameter or a header is not as described. See the list of errors.
problem-bad-json = The body of the request is not valid JSON.
problem-wrong-method = This address does not take this method. The Allow header says which ones it takes.
problem-wrong-media-type = Send the body as JSON (Content-Type: application/json).
problem-invalid-api = Correct what the list of errors says, then send the request again. Nothing was saved.
problem-signed-out-api = Add a valid token to the request (Authorization: Bearer).
problem-stale-api = Somebody changed it in the meantime. Read it again, then send the request with its new version (If-Match).

not-possible-delete = Only a draft can be deleted. A filed declaration is withdrawn.

error-unknown-field = This field does not exist.
error-unknown-parameter = This parameter does not exist.
error-unknown-part = This part does not exist: { $arg }.
error-missing-field = This field is required.
error-duplicate-field = This value is given twice.
error-control-character = Remove the control characters.
error-company-unknown = This company is not in the register.
error-number = This number is out of bounds.
error-cursor = Use the cursor exactly as the page before gave it.
error-idempotency-key = From 8 to 64 letters, digits, dots, hyphens, underscores or colons.
error-nul = The null character (%00) is never accepted.
