//! Tables as diesel sees them, the same on both engines. Written from `migrations/`; `tests/it/schema.rs` compares them.

diesel::table! {
    units (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        parent_id -> Nullable<BigInt>,
        path -> Text,
    }
}

diesel::table! {
    journal_nodes (height, position) {
        height -> Integer,
        position -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    checkpoints (size) {
        size -> BigInt,
        root -> Text,
        note -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    checkpoint_copies (id) {
        id -> BigInt,
        size -> BigInt,
        witness -> Text,
        at -> Timestamp,
        error -> Nullable<Text>,
        cosignature -> Nullable<Text>,
    }
}

diesel::table! {
    persons (id) {
        id -> BigInt,
        number -> Text,
        given_name -> Text,
        family_name -> Text,
        email -> Text,
        title -> Text,
        unit_id -> BigInt,
        site -> Text,
        supervisor_id -> Nullable<BigInt>,
        regime -> Text,
        position -> Text,
        language -> Text,
        active_from -> Date,
        active_until -> Nullable<Date>,
        folded -> Text,
        home_body -> Text,
    }
}

diesel::table! {
    supervisions (id) {
        id -> BigInt,
        person_id -> BigInt,
        supervisor_id -> Nullable<BigInt>,
        since -> Date,
        until -> Nullable<Date>,
    }
}

diesel::table! {
    roles (id) {
        id -> BigInt,
        person_id -> BigInt,
        role -> Text,
        since -> Date,
        until -> Nullable<Date>,
        granted_by -> Nullable<BigInt>,
        granted_at -> Timestamp,
    }
}

diesel::table! {
    accounts (person_id) {
        person_id -> BigInt,
        password_hash -> Text,
        disabled -> Bool,
        changed_at -> Timestamp,
        suspended_at -> Nullable<Timestamp>,
        suspended_by -> Nullable<BigInt>,
        suspended_reason -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        person_id -> BigInt,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
        language -> Text,
        confirmed_at -> Nullable<Timestamp>,
        factor -> Text,
    }
}

diesel::table! {
    second_factors (person_id) {
        person_id -> BigInt,
        master_key -> Text,
        wrapped -> Text,
        begun_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> BigInt,
    }
}

diesel::table! {
    passkeys (id) {
        id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        credential_id -> Text,
        credential -> Text,
        made_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    reading_seals (first_id) {
        first_id -> BigInt,
        last_id -> BigInt,
        event_seq -> BigInt,
        nonce -> Text,
        sealed_at -> Timestamp,
    }
}

diesel::table! {
    recovery_codes (hash) {
        hash -> Text,
        person_id -> BigInt,
        made_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkey_challenges (id) {
        id -> Text,
        person_id -> BigInt,
        purpose -> Text,
        state -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    tokens (id) {
        id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        token_hash -> Text,
        scope -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    rectification_reminders (request_id) {
        request_id -> BigInt,
        told_on -> Date,
    }
}

diesel::table! {
    rectifications (id) {
        id -> BigInt,
        declaration_id -> BigInt,
        request_id -> Nullable<BigInt>,
        verdict -> Nullable<Text>,
        field -> Nullable<Text>,
        text -> Text,
        author_id -> BigInt,
        written_at -> Timestamp,
    }
}

diesel::table! {
    comments (id) {
        id -> BigInt,
        declaration_id -> BigInt,
        field -> Nullable<Text>,
        audience -> Text,
        text -> Text,
        author_id -> BigInt,
        written_at -> Timestamp,
    }
}

diesel::table! {
    companies (id) {
        id -> BigInt,
        neq -> Nullable<Text>,
        no_neq_reason -> Nullable<Text>,
        name -> Text,
        folded -> Text,
        merged_into -> Nullable<BigInt>,
        group_id -> Nullable<BigInt>,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    company_names (id) {
        id -> BigInt,
        company_id -> BigInt,
        name -> Text,
        folded -> Text,
        nature -> Text,
    }
}

diesel::table! {
    kind_versions (id) {
        id -> BigInt,
        kind -> Text,
        hash -> Text,
        document -> Text,
        loaded_at -> Timestamp,
    }
}

diesel::table! {
    kind_adoptions (id) {
        id -> BigInt,
        kind -> Text,
        kind_version_id -> BigInt,
        effective -> Date,
        adopted_at -> Timestamp,
    }
}

diesel::table! {
    kind_proposals (id) {
        id -> BigInt,
        kind -> Text,
        based_on_id -> BigInt,
        document -> Text,
        effective -> Date,
        note -> Text,
        state -> Text,
        version -> Integer,
        proposed_by -> BigInt,
        proposed_at -> Timestamp,
        changed_at -> Timestamp,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        kind_version_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    policy_versions (id) {
        id -> BigInt,
        effective -> Date,
        hash -> Text,
        document -> Text,
        loaded_at -> Timestamp,
        adopted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    policy_proposals (id) {
        id -> BigInt,
        based_on_id -> BigInt,
        document -> Text,
        note -> Text,
        state -> Text,
        version -> Integer,
        proposed_by -> BigInt,
        proposed_at -> Timestamp,
        changed_at -> Timestamp,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        policy_version_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    declarations (id) {
        id -> BigInt,
        key -> Text,
        reference -> Nullable<Text>,
        kind -> Text,
        kind_version_id -> BigInt,
        class -> Text,
        state -> Text,
        resume_state -> Nullable<Text>,
        version -> Integer,
        revision -> Integer,
        declarant_id -> BigInt,
        unit_id -> BigInt,
        supervisor_id -> Nullable<BigInt>,
        holder_id -> Nullable<BigInt>,
        holder_office -> Nullable<Text>,
        held_since -> Nullable<Timestamp>,
        route_reason -> Nullable<Text>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        first_filed_at -> Nullable<Timestamp>,
        filed_at -> Nullable<Timestamp>,
        due_on -> Nullable<Date>,
        decide_by -> Nullable<Date>,
        decided_at -> Nullable<Timestamp>,
        decider_id -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        days_late -> Integer,
        attention -> SmallInt,
        findings -> Text,
        policy_version_id -> Nullable<BigInt>,
        subject -> Text,
        occurred_on -> Nullable<Date>,
        occurred_until -> Nullable<Date>,
        value_cents -> Nullable<BigInt>,
        company_id -> Nullable<BigInt>,
        company_name -> Nullable<Text>,
        contract -> Nullable<Text>,
        purpose -> Nullable<Text>,
        category -> Nullable<Text>,
        disposition -> Nullable<Text>,
        regime -> Text,
        origin_id -> Nullable<BigInt>,
        answers -> Text,
        correction -> Nullable<Text>,
        measures -> Text,
        held_for_id -> Nullable<BigInt>,
        decided_for_id -> Nullable<BigInt>,
        outside_authority -> Nullable<Text>,
        decided_step -> Nullable<Text>,
        contract_linked -> Bool,
        reader_id -> Nullable<BigInt>,
        reader_office -> Nullable<Text>,
        sealed -> Nullable<Text>,
    }
}

diesel::table! {
    revisions (declaration_id, number) {
        declaration_id -> BigInt,
        number -> Integer,
        kind_version_id -> BigInt,
        answers -> Text,
        filed_at -> Timestamp,
        filed_by -> BigInt,
    }
}

diesel::table! {
    decisions (declaration_id, revision, step) {
        declaration_id -> BigInt,
        revision -> Integer,
        step -> Text,
        decider_id -> BigInt,
        outcome -> Text,
        reason -> Text,
        measures -> Text,
        decided_at -> Timestamp,
        on_behalf_of -> Nullable<BigInt>,
    }
}

diesel::table! {
    outside_decisions (declaration_id, revision) {
        declaration_id -> BigInt,
        revision -> Integer,
        authority -> Text,
        decided_on -> Date,
        document -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    absences (id) {
        id -> BigInt,
        person_id -> BigInt,
        first_day -> Date,
        last_day -> Nullable<Date>,
        delegate_id -> Nullable<BigInt>,
        scope -> Text,
        stage -> Text,
        set_by -> Nullable<BigInt>,
        set_at -> Timestamp,
    }
}

diesel::table! {
    confirmations (id) {
        id -> BigInt,
        person_id -> BigInt,
        cause -> Text,
        asked_at -> Timestamp,
        due_on -> Date,
        about -> Nullable<Date>,
        told_at -> Nullable<Timestamp>,
        confirmed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    office_holders (office, person_id) {
        office -> Text,
        person_id -> BigInt,
    }
}

diesel::table! {
    barred (declaration_id, person_id) {
        declaration_id -> BigInt,
        person_id -> BigInt,
    }
}

diesel::table! {
    attachments (id) {
        id -> BigInt,
        declaration_id -> BigInt,
        field -> Text,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        added_by -> BigInt,
        added_at -> Timestamp,
        measure_id -> Nullable<BigInt>,
        scan -> Text,
        scanned_at -> Nullable<Timestamp>,
        sealed_key -> Nullable<Text>,
    }
}

diesel::table! {
    comparisons (id) {
        id -> BigInt,
        begun_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        events -> Nullable<BigInt>,
        files -> Nullable<BigInt>,
        differences -> Nullable<BigInt>,
        first -> Nullable<Text>,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    backups (id) {
        id -> BigInt,
        begun_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        file -> Nullable<Text>,
        size -> Nullable<BigInt>,
        bytes -> Nullable<BigInt>,
        error -> Nullable<Text>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    acts (id) {
        id -> BigInt,
        kind -> Text,
        subject -> Text,
        act -> Text,
        reason -> Text,
        asked_by -> BigInt,
        asked_at -> Timestamp,
        expires_at -> Timestamp,
        state -> Text,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    legal_holds (id) {
        id -> BigInt,
        declaration_id -> Nullable<BigInt>,
        person_id -> Nullable<BigInt>,
        company_id -> Nullable<BigInt>,
        thing -> Nullable<Text>,
        reason -> Text,
        placed_by -> BigInt,
        placed_at -> Timestamp,
        lifted_by -> Nullable<BigInt>,
        lifted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    retention_lists (id) {
        id -> BigInt,
        prepared_at -> Timestamp,
        prepared_by -> Nullable<BigInt>,
        state -> Text,
        ended_at -> Nullable<Timestamp>,
        scrubbed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    retention_files (list_id, position) {
        list_id -> BigInt,
        position -> BigInt,
        declaration_id -> Nullable<BigInt>,
        reference -> Text,
        kind -> Text,
        rule -> Text,
        ended_on -> Date,
        due_on -> Date,
        destroyed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    retention_contents (sha256) {
        sha256 -> Text,
    }
}

diesel::table! {
    destroying (declaration_id) {
        declaration_id -> BigInt,
    }
}

diesel::table! {
    destroying_things (kind, reference) {
        kind -> Text,
        reference -> Text,
    }
}

diesel::table! {
    incident_versions (number, version) {
        number -> Text,
        version -> Integer,
        information -> Text,
        circumstances -> Text,
        happened -> Text,
        known_on -> Date,
        people -> Text,
        assessment -> Text,
        serious -> Bool,
        commission_told_on -> Nullable<Date>,
        people_told_on -> Nullable<Date>,
        public_notice -> Text,
        measures -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    campaigns (id) {
        id -> BigInt,
        label -> Text,
        due_on -> Date,
        opened_at -> Timestamp,
        opened_by -> BigInt,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<BigInt>,
        teams_told_on -> Nullable<Date>,
    }
}

diesel::table! {
    draft_notices (declaration_id) {
        declaration_id -> BigInt,
        told_on -> Date,
    }
}

diesel::table! {
    campaign_exceptions (campaign_id, person_id) {
        campaign_id -> BigInt,
        person_id -> BigInt,
        reason -> Text,
        added_by -> BigInt,
        added_at -> Timestamp,
    }
}

diesel::table! {
    campaign_people (campaign_id, person_id) {
        campaign_id -> BigInt,
        person_id -> BigInt,
        told_on -> Nullable<Date>,
    }
}

diesel::table! {
    reading_alarms (id) {
        id -> BigInt,
        person_id -> BigInt,
        day -> Date,
        files -> Integer,
        refused -> Integer,
        exported -> BigInt,
        raised_at -> Timestamp,
        note -> Nullable<Text>,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    data_keys (declaration_id) {
        declaration_id -> BigInt,
        whole -> Bool,
        master_key -> Text,
        wrapped -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    timers (id) {
        id -> BigInt,
        declaration_id -> BigInt,
        purpose -> Text,
        due_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
        measure_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    saved_views (id) {
        id -> BigInt,
        person_id -> BigInt,
        page -> Text,
        name -> Text,
        query -> Text,
    }
}

diesel::table! {
    idempotency_keys (person_id, key) {
        person_id -> BigInt,
        key -> Text,
        request_hash -> Text,
        status -> Integer,
        location -> Nullable<Text>,
        body -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    events (seq) {
        seq -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        event -> Text,
        declaration_id -> Nullable<BigInt>,
        leaf -> Text,
        hash -> Text,
    }
}

diesel::table! {
    journal_head (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    access_log (id) {
        id -> BigInt,
        at -> Timestamp,
        person_id -> BigInt,
        declaration_id -> Nullable<BigInt>,
        channel -> Text,
        action -> Text,
        allowed -> Bool,
        files -> Nullable<BigInt>,
        carried -> Nullable<Text>,
    }
}

diesel::table! {
    letters (id) {
        id -> BigInt,
        letter -> Text,
        recipient_id -> BigInt,
        recipient_email -> Text,
        declaration_id -> Nullable<BigInt>,
        reference -> Nullable<Text>,
        message_id -> Text,
        thread_id -> Nullable<Text>,
        subject -> Text,
        text_body -> Text,
        html_body -> Text,
        reason -> Text,
        state -> Text,
        created_at -> Timestamp,
        due_at -> Timestamp,
        attempts -> Integer,
        lease_until -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        calendar -> Nullable<Text>,
    }
}

diesel::table! {
    showcases (id) {
        id -> BigInt,
        reference -> Text,
        kind -> Text,
        state -> Text,
        version -> Integer,
        sequence -> Integer,
        organiser_id -> BigInt,
        title -> Text,
        held_on -> Date,
        begins -> Nullable<Text>,
        minutes -> Nullable<Integer>,
        answers -> Text,
        call_planned -> Bool,
        call_reference -> Nullable<Text>,
        call_on -> Nullable<Date>,
        stage -> Text,
        days_late -> Integer,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        closing_note -> Nullable<Text>,
    }
}

diesel::table! {
    showcase_firms (id) {
        id -> BigInt,
        showcase_id -> BigInt,
        company_id -> BigInt,
        origin -> Text,
        heard -> Nullable<Bool>,
        minutes -> Nullable<Integer>,
        stage -> Nullable<Text>,
        reason -> Nullable<Text>,
        added_by -> BigInt,
        added_at -> Timestamp,
        noted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    showcase_questions (id) {
        id -> BigInt,
        showcase_id -> BigInt,
        question -> Text,
        answer -> Text,
        published_by -> BigInt,
        published_at -> Timestamp,
    }
}

diesel::table! {
    registrations (showcase_id, person_id) {
        showcase_id -> BigInt,
        person_id -> BigInt,
        registered_at -> Timestamp,
        cancelled_at -> Nullable<Timestamp>,
        attended -> Nullable<Bool>,
        noted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    showcase_drafts (showcase_id, person_id, company_id) {
        showcase_id -> BigInt,
        person_id -> BigInt,
        company_id -> BigInt,
        draft_key -> Text,
    }
}

diesel::table! {
    consultations (id) {
        id -> BigInt,
        showcase_id -> BigInt,
        call_reference -> Nullable<Text>,
        call_on -> Nullable<Date>,
        asked_at -> Timestamp,
        opinion -> Nullable<Text>,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    showcase_events (showcase_id, seq) {
        showcase_id -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    calendar_feeds (id) {
        id -> BigInt,
        person_id -> BigInt,
        token_hash -> Text,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passports (id) {
        id -> BigInt,
        reference -> Text,
        company_id -> BigInt,
        title -> Text,
        event_on -> Date,
        ruling -> Integer,
        created_by -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    passport_rulings (passport_id, number) {
        passport_id -> BigInt,
        number -> Integer,
        ruling -> Text,
        cap_cents -> Nullable<BigInt>,
        conditions -> Text,
        reason -> Text,
        ruled_by -> BigInt,
        ruled_at -> Timestamp,
    }
}

diesel::table! {
    passport_links (declaration_id) {
        declaration_id -> BigInt,
        passport_id -> BigInt,
        confirmed_by -> BigInt,
        confirmed_at -> Timestamp,
    }
}

diesel::table! {
    letter_choices (person_id) {
        person_id -> BigInt,
        digest -> Bool,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    digest_items (id) {
        id -> BigInt,
        recipient_id -> BigInt,
        letter -> Text,
        topic -> Text,
        link -> Text,
        due_on -> Nullable<Date>,
        declaration_id -> Nullable<BigInt>,
        written_at -> Timestamp,
        due_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    opinion_drafts (declaration_id, author_id) {
        declaration_id -> BigInt,
        author_id -> BigInt,
        typed -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    opinions (declaration_id) {
        declaration_id -> BigInt,
        asker_id -> BigInt,
        facts -> Text,
        norms -> Text,
        analysis -> Text,
        recommendation -> Text,
        given_by -> BigInt,
        given_at -> Timestamp,
    }
}

diesel::table! {
    precedents (id) {
        id -> BigInt,
        title -> Text,
        situation -> Text,
        norms -> Text,
        recommendation -> Text,
        words -> Text,
        written_by -> BigInt,
        published_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    measures (id) {
        id -> BigInt,
        declaration_id -> BigInt,
        number -> Integer,
        text -> Text,
        owner_id -> BigInt,
        evidence -> Text,
        every_months -> Nullable<Integer>,
        state -> Text,
        round -> Integer,
        version -> Integer,
        ordered_at -> Timestamp,
        ordered_by -> BigInt,
        due_on -> Date,
        proof -> Nullable<Text>,
        proof_at -> Nullable<Timestamp>,
        proof_by -> Nullable<BigInt>,
        settled_at -> Nullable<Timestamp>,
        settled_by -> Nullable<BigInt>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    state_objects (id) {
        id -> BigInt,
        number -> Text,
        declaration_id -> BigInt,
        description -> Text,
        donor -> Nullable<Text>,
        value_cents -> Nullable<BigInt>,
        state -> Text,
        place -> Nullable<Text>,
        version -> Integer,
        opened_at -> Timestamp,
    }
}

diesel::table! {
    custody_moves (id) {
        id -> BigInt,
        object_id -> BigInt,
        step -> Text,
        moved_on -> Date,
        place -> Text,
        person -> Text,
        note -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    batches (id) {
        id -> BigInt,
        person_id -> BigInt,
        decided_at -> Timestamp,
        until_at -> Timestamp,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    batch_items (batch_id, declaration_id) {
        batch_id -> BigInt,
        declaration_id -> BigInt,
        before -> Text,
    }
}

diesel::table! {
    imports (id) {
        id -> BigInt,
        source -> Text,
        file_name -> Text,
        sha256 -> Text,
        imported_at -> Timestamp,
        imported_by -> Nullable<BigInt>,
        row_count -> BigInt,
        error_count -> BigInt,
        change_count -> BigInt,
        problems -> Text,
        crosschecked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    crosschecks (id) {
        id -> BigInt,
        declaration_id -> BigInt,
        company_id -> BigInt,
        import_id -> Nullable<BigInt>,
        rule -> Text,
        what -> Text,
        subject -> Text,
        finding -> Text,
        found_at -> Timestamp,
        answer -> Nullable<Text>,
        note -> Nullable<Text>,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    procurements (id) {
        id -> BigInt,
        ocid -> Text,
        notice -> Text,
        title -> Text,
        buyer -> Text,
        method -> Text,
        tender_status -> Text,
        opens_on -> Nullable<Date>,
        closes_on -> Nullable<Date>,
        dated -> Timestamp,
        import_id -> BigInt,
    }
}

diesel::table! {
    tenderers (procurement_id, position) {
        procurement_id -> BigInt,
        position -> Integer,
        neq -> Nullable<Text>,
        name -> Text,
    }
}

diesel::table! {
    contracts (id) {
        id -> BigInt,
        key -> Text,
        procurement_id -> Nullable<BigInt>,
        stage -> Text,
        award_key -> Nullable<Text>,
        number -> Text,
        title -> Text,
        buyer -> Text,
        direct -> Bool,
        amount_cents -> Nullable<BigInt>,
        currency -> Text,
        signed_on -> Nullable<Date>,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        status -> Text,
        terminated_on -> Nullable<Date>,
        amendments -> Integer,
        dated -> Timestamp,
        import_id -> BigInt,
        unit_id -> Nullable<BigInt>,
        own_starts_on -> Nullable<Date>,
        own_ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    contract_suppliers (contract_id, position) {
        contract_id -> BigInt,
        position -> Integer,
        neq -> Nullable<Text>,
        name -> Text,
    }
}

diesel::table! {
    contract_changes (id) {
        id -> BigInt,
        import_id -> BigInt,
        neq -> Nullable<Text>,
        procurement_id -> Nullable<BigInt>,
        contract_id -> Nullable<BigInt>,
        what -> Text,
    }
}

diesel::table! {
    list_entries (list, position) {
        list -> Text,
        position -> Integer,
        neq -> Nullable<Text>,
        name -> Text,
        folded -> Text,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        status -> Text,
        import_id -> BigInt,
    }
}

diesel::table! {
    lobby_checks (id) {
        id -> BigInt,
        company_id -> BigInt,
        checked_on -> Date,
        checked_by -> BigInt,
        result -> Text,
        mandate -> Text,
        note -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    registry_generations (id) {
        id -> BigInt,
        state -> Text,
        started_at -> Timestamp,
        import_id -> Nullable<BigInt>,
        first_name -> BigInt,
        last_name -> BigInt,
        mark -> Text,
        members -> Text,
        run -> BigInt,
        enterprises -> BigInt,
        ties -> BigInt,
        names -> BigInt,
        words -> BigInt,
    }
}

diesel::table! {
    registry_enterprises (generation, neq) {
        generation -> BigInt,
        neq -> Text,
        status -> Text,
        form -> Text,
        name -> Text,
        successor -> Nullable<Text>,
        standing -> Text,
    }
}

diesel::table! {
    registry_ties (id) {
        id -> BigInt,
        generation -> BigInt,
        neq -> Text,
        kind -> Text,
        other -> Nullable<Text>,
        name -> Text,
        words -> Text,
        happened_on -> Nullable<Date>,
    }
}

diesel::table! {
    registry_names (id) {
        id -> BigInt,
        neq -> Text,
        name -> Text,
        in_force -> Bool,
    }
}

diesel::table! {
    registry_words (generation, word) {
        generation -> BigInt,
        word -> Text,
        names -> BigInt,
    }
}

diesel::table! {
    clearances (id) {
        id -> BigInt,
        number -> Text,
        asked_by -> BigInt,
        asked_by_name -> Text,
        asked_at -> Timestamp,
        asked_on -> Date,
        purpose -> Text,
        contract -> Nullable<Text>,
        companies -> Text,
        fingerprint -> Text,
        event_seq -> BigInt,
    }
}

diesel::table! {
    clearance_lines (clearance_id, position) {
        clearance_id -> BigInt,
        position -> Integer,
        person_id -> BigInt,
        person_number -> Text,
        person_name -> Text,
        verdict -> Text,
    }
}

diesel::table! {
    clearance_reasons (id) {
        id -> BigInt,
        clearance_id -> BigInt,
        position -> Integer,
        reason -> Text,
        declaration_id -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    reading_seals,
    recovery_codes,
    units,
    persons,
    supervisions,
    roles,
    accounts,
    sessions,
    second_factors,
    legal_holds,
    incident_versions,
    retention_lists,
    retention_files,
    retention_contents,
    destroying,
    destroying_things,
    acts,
    tokens,
    companies,
    company_names,
    kind_versions,
    kind_adoptions,
    kind_proposals,
    policy_versions,
    policy_proposals,
    declarations,
    revisions,
    decisions,
    outside_decisions,
    absences,
    confirmations,
    office_holders,
    barred,
    attachments,
    counters,
    timers,
    saved_views,
    idempotency_keys,
    events,
    journal_head,
    access_log,
    letters,
    opinion_drafts,
    opinions,
    precedents,
    comments,
    measures,
    state_objects,
    custody_moves,
    batches,
    batch_items,
    showcases,
    showcase_firms,
    showcase_questions,
    registrations,
    showcase_drafts,
    consultations,
    showcase_events,
    calendar_feeds,
    rectification_reminders,
    rectifications,
    passports,
    passport_rulings,
    passport_links,
    letter_choices,
    digest_items,
    imports,
    crosschecks,
    procurements,
    tenderers,
    contracts,
    contract_suppliers,
    contract_changes,
    list_entries,
    lobby_checks,
    registry_generations,
    registry_enterprises,
    registry_ties,
    registry_names,
    registry_words,
    clearances,
    clearance_lines,
    clearance_reasons,
    checkpoints,
    checkpoint_copies,
    data_keys,
    reading_alarms,
    draft_notices,
    campaigns,
    campaign_exceptions,
    campaign_people,
);

diesel::joinable!(persons -> units (unit_id));
