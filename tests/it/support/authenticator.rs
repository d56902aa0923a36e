//! A telephone with a passkey, and the browser that asks it (W3C WebAuthn): as little as a service can tell from a real one.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Its owner is there (0x01) and was recognised (0x04).
const PRESENT: u8 = 0x05;
/// The public key follows.
const WITH_KEY: u8 = 0x40;

pub struct Authenticator {
    pair: EcdsaKeyPair,
    id: Vec<u8>,
    /// Of its uses; 0 for one that does not count.
    pub counter: u32,
    /// Where the browser believes it is.
    pub origin: String,
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    pub fn new(origin: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key pair");
        let id = digest(&SHA256, pair.public_key().as_ref()).as_ref().to_vec();
        Self { pair, id, counter: 0, origin: origin.to_owned() }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = options["publicKey"]["challenge"].as_str().expect("a challenge");
        let data = json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false });
        data.to_string().into_bytes()
    }

    /// Site, flags and counter; the site is the one that the browser was told, whatever the page wants.
    fn data(&self, site: &str, flags: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, site.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// What `navigator.credentials.create()` gives, as JSON.
    pub fn creates(&self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options");
        let site = options["publicKey"]["rp"]["id"].as_str().expect("a site");
        let mut data = self.data(site, PRESENT | WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("a length").to_be_bytes());
        data.extend(&self.id);
        // COSE: kty EC2, alg ES256, crv P-256, x, y (RFC 9053).
        let point = self.pair.public_key().as_ref();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
        let mut attestation = vec![0xa3, 0x63];
        attestation.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        attestation.push(u8::try_from(data.len()).expect("less than 256 bytes"));
        attestation.extend(&data);
        json!({
            "id": text(&self.id), "rawId": text(&self.id), "type": "public-key", "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
            "response": {
                "attestationObject": text(&attestation),
                "clientDataJSON": text(&self.client_data("webauthn.create", &options)),
                "transports": ["internal"],
            },
        })
        .to_string()
    }

    /// What `navigator.credentials.get()` gives, as JSON.
    pub fn proves(&mut self, options: &str) -> String {
        if self.counter > 0 {
            self.counter += 1;
        }
        let options: Value = serde_json::from_str(options).expect("options");
        let data = self.data(options["publicKey"]["rpId"].as_str().expect("a site"), PRESENT);
        let client = self.client_data("webauthn.get", &options);
        let mut signed = data.clone();
        signed.extend(digest(&SHA256, &client).as_ref());
        let signature = self.pair.sign(&SystemRandom::new(), &signed).expect("a signature");
        json!({
            "id": text(&self.id), "rawId": text(&self.id), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "authenticatorData": text(&data),
                "clientDataJSON": text(&client),
                "signature": text(signature.as_ref()),
                "userHandle": null,
            },
        })
        .to_string()
    }
}
