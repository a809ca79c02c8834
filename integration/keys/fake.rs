//! A Vault server's Transit engine, as far as it is asked: the paths, the JSON and the errors of the real one, as its sources
//! and its API documentation have them. And the ways in which it fails.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// What it does instead of answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mood {
    Well,
    /// This status and body, whatever is asked.
    Says(u16, String),
    /// The same of paths that contain the first.
    SaysAt(&'static str, u16, String),
    /// Half of an answer.
    CutsOff,
    /// Takes the question and is silent.
    Hangs,
    /// The answer is longer than any.
    Floods,
}

pub struct Key {
    pub versions: Vec<[u8; 32]>,
    pub kind: &'static str,
    pub exportable: bool,
    pub min_encryption_version: u64,
    pub min_decryption_version: u64,
}

pub struct State {
    pub mood: Mood,
    pub keys: HashMap<String, Key>,
    pub tokens: Vec<String>,
    pub roles: HashMap<String, String>,
    pub namespace: Option<String>,
    /// A server of before 1.9: `associated_data` is not known.
    pub old: bool,
    /// Paths asked for, in turn.
    pub asked: Vec<String>,
    logins: u32,
}

/// A running fake. It can be stopped and started again at the same port.
pub struct Fake {
    pub port: u16,
    pub state: Arc<Mutex<State>>,
    running: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

pub const TOKEN: &str = "hvs.test-token-of-the-fake";

impl Fake {
    pub fn start() -> Fake {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State {
            mood: Mood::Well,
            keys: HashMap::new(),
            tokens: vec![TOKEN.to_owned()],
            roles: HashMap::new(),
            namespace: None,
            old: false,
            asked: Vec::new(),
            logins: 0,
        }));
        let mut fake = Fake {
            port,
            state,
            running: None,
        };
        fake.serve(listener);
        fake
    }

    fn serve(&mut self, listener: TcpListener) {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopping, state) = (Arc::clone(&stop), Arc::clone(&self.state));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopping.load(Ordering::SeqCst) {
                    return;
                }
                let state = Arc::clone(&state);
                std::thread::spawn(move || {
                    if let Ok(stream) = stream {
                        let _ = answer(stream, &state);
                    }
                });
            }
        });
        self.running = Some((stop, thread));
    }

    /// Nobody listens any more.
    pub fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            stop.store(true, Ordering::SeqCst);
            let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
            thread.join().unwrap();
        }
    }

    pub fn again(&mut self) {
        let deadline = std::time::Instant::now() + Duration::from_secs(20);
        let listener = loop {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)) {
                Ok(listener) => break listener,
                Err(error) => assert!(std::time::Instant::now() < deadline, "{error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        self.serve(listener);
    }

    pub fn mood(&self, mood: Mood) {
        self.state.lock().unwrap().mood = mood;
    }

    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.stop();
    }
}

fn answer(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut words = line.split_whitespace();
        let (method, path) = (
            words.next().unwrap_or_default().to_owned(),
            words.next().unwrap_or_default().to_owned(),
        );
        let mut headers = HashMap::new();
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            let Some((name, value)) = header.trim_end().split_once(": ") else {
                break;
            };
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        let length = headers
            .get("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let mood = {
            let mut state = state.lock().unwrap();
            state.asked.push(format!("{method} {path}"));
            state.mood.clone()
        };
        let (status, text) = match &mood {
            Mood::Says(status, text) => (*status, text.clone()),
            Mood::SaysAt(part, status, text) if path.contains(part) => (*status, text.clone()),
            Mood::Hangs => {
                std::thread::sleep(Duration::from_secs(8));
                return Ok(());
            }
            Mood::Well | Mood::SaysAt(..) | Mood::CutsOff | Mood::Floods => {
                let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
                let (status, answer) =
                    act(&mut state.lock().unwrap(), &method, &path, &headers, &body);
                (status, answer.to_string())
            }
        };
        let text = match mood {
            Mood::Floods => format!("{}{text}", " ".repeat(1 << 20)),
            _ => text,
        };
        let promised = text.len();
        let sent = match mood {
            Mood::CutsOff => &text[..promised / 2],
            _ => &text[..],
        };
        write!(
            stream,
            "HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: {promised}\r\n\r\n{sent}"
        )?;
        stream.flush()?;
        if mood == Mood::CutsOff {
            return Ok(());
        }
    }
}

fn errors(status: u16, error: &str) -> (u16, Value) {
    let errors: Vec<&str> = if error.is_empty() {
        vec![]
    } else {
        vec![error]
    };
    (status, json!({ "errors": errors }))
}

fn data(data: Value) -> (u16, Value) {
    (
        200,
        json!({
            "request_id": "8a4b0a3c-0f2f-6a2a-7f0c-9d7f6f0b6a55", "lease_id": "", "renewable": false,
            "lease_duration": 0, "data": data, "wrap_info": null, "warnings": null, "auth": null,
        }),
    )
}

fn act(
    state: &mut State,
    method: &str,
    path: &str,
    headers: &HashMap<String, String>,
    body: &Value,
) -> (u16, Value) {
    let Some(path) = path.strip_prefix("/v1/") else {
        return errors(404, "");
    };
    if headers.get("x-vault-namespace") != state.namespace.as_ref() {
        return errors(403, "permission denied");
    }
    if path == "auth/approle/login" {
        let known = state
            .roles
            .get(body["role_id"].as_str().unwrap_or_default());
        if known.map(String::as_str) != body["secret_id"].as_str() || known.is_none() {
            return errors(400, "invalid role or secret ID");
        }
        state.logins += 1;
        let token = format!("hvs.approle-{}", state.logins);
        state.tokens.push(token.clone());
        return (
            200,
            json!({ "data": null, "auth": { "client_token": token, "lease_duration": 3600, "renewable": true } }),
        );
    }
    let token = headers.get("x-vault-token").cloned().unwrap_or_default();
    if !state.tokens.contains(&token) {
        return errors(403, "permission denied");
    }
    if path == "auth/token/renew-self" {
        return (
            200,
            json!({ "auth": { "client_token": token, "lease_duration": 3600, "renewable": true } }),
        );
    }
    let parts: Vec<&str> = path.split('/').collect();
    let [mount, verb, name, rest @ ..] = parts.as_slice() else {
        return errors(404, "");
    };
    if *mount != "transit" {
        return errors(
            404,
            &format!("no handler for route \"{path}\". route entry not found."),
        );
    }
    let fresh = || Key {
        versions: vec![rand_key()],
        kind: "aes256-gcm96",
        exportable: false,
        min_encryption_version: 0,
        min_decryption_version: 1,
    };
    match (method, *verb, rest) {
        ("GET", "keys", []) => match state.keys.get(*name) {
            None => errors(404, ""),
            Some(key) => data(facts(name, key)),
        },
        ("POST", "keys", []) => {
            let key = state.keys.entry((*name).to_owned()).or_insert_with(fresh);
            data(facts(name, key))
        }
        ("POST", "encrypt", []) => {
            // The real one makes a key of that name where the token may create.
            let old = state.old;
            let key = state.keys.entry((*name).to_owned()).or_insert_with(fresh);
            let Ok(plain) = STANDARD.decode(body["plaintext"].as_str().unwrap_or_default()) else {
                return errors(400, "failed to base64-decode plaintext");
            };
            let version = key.versions.len();
            let nonce: [u8; 12] = rand_key()[..12].try_into().unwrap();
            let mut sealed = plain;
            cipher(&key.versions[version - 1])
                .seal_in_place_append_tag(
                    Nonce::assume_unique_for_key(nonce),
                    Aad::from(associated(body, old)),
                    &mut sealed,
                )
                .unwrap();
            let mut all = nonce.to_vec();
            all.extend(sealed);
            data(json!({
                "ciphertext": format!("vault:v{version}:{}", STANDARD.encode(all)), "key_version": version,
            }))
        }
        ("POST", "decrypt", []) => {
            let Some(key) = state.keys.get(*name) else {
                return errors(400, "encryption key not found");
            };
            let text = body["ciphertext"].as_str().unwrap_or_default();
            let Some(rest) = text.strip_prefix("vault:v") else {
                return errors(400, "invalid ciphertext: no prefix");
            };
            let Some((version, sealed)) = rest.split_once(':') else {
                return errors(400, "invalid ciphertext: wrong number of fields");
            };
            let Ok(version) = version.parse::<usize>() else {
                return errors(
                    400,
                    "invalid ciphertext: version number could not be decoded",
                );
            };
            if version > key.versions.len() {
                return errors(400, "invalid ciphertext: version is too new");
            }
            if (version as u64) < key.min_decryption_version {
                return errors(
                    400,
                    "ciphertext or signature version is disallowed by policy (too old)",
                );
            }
            let Ok(mut sealed) = STANDARD.decode(sealed) else {
                return errors(400, "invalid ciphertext: could not decode base64");
            };
            if sealed.len() < 28 {
                return errors(400, "invalid ciphertext length");
            }
            let nonce: [u8; 12] = sealed[..12].try_into().unwrap();
            let opened = cipher(&key.versions[version - 1]).open_in_place(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(associated(body, state.old)),
                &mut sealed[12..],
            );
            match opened {
                Ok(plain) => data(json!({ "plaintext": STANDARD.encode(plain) })),
                Err(_) => errors(400, "cipher: message authentication failed"),
            }
        }
        ("POST", "hmac", ["sha2-256"]) => {
            let Some(key) = state.keys.get(*name) else {
                return errors(400, "encryption key not found");
            };
            let latest = key.versions.len() as u64;
            let version = match body["key_version"].as_u64().unwrap_or(0) {
                0 => latest,
                version => version,
            };
            if version < key.min_encryption_version || version > latest {
                return errors(
                    400,
                    "cannot generate HMAC: version is too old (disallowed by policy)",
                );
            }
            let input = STANDARD
                .decode(body["input"].as_str().unwrap_or_default())
                .unwrap();
            let index = usize::try_from(version).unwrap() - 1;
            let key = hmac::Key::new(hmac::HMAC_SHA256, &key.versions[index]);
            let tag = STANDARD.encode(hmac::sign(&key, &input).as_ref());
            data(json!({ "hmac": format!("vault:v{version}:{tag}") }))
        }
        _ => errors(404, "unsupported path"),
    }
}

fn associated(body: &Value, old: bool) -> Vec<u8> {
    match body["associated_data"].as_str() {
        Some(text) if !old => STANDARD.decode(text).unwrap(),
        _ => Vec::new(),
    }
}

fn facts(name: &str, key: &Key) -> Value {
    let versions: serde_json::Map<String, Value> = (1..=key.versions.len())
        .map(|version| (version.to_string(), json!(1_442_851_412)))
        .collect();
    json!({
        "type": key.kind, "name": name, "keys": versions, "latest_version": key.versions.len(), "derived": false,
        "exportable": key.exportable, "allow_plaintext_backup": false, "deletion_allowed": false,
        "min_available_version": 0, "min_decryption_version": key.min_decryption_version,
        "min_encryption_version": key.min_encryption_version, "supports_encryption": true,
        "supports_decryption": true, "supports_derivation": true, "supports_signing": false, "imported_key": false,
    })
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).unwrap())
}

pub fn rand_key() -> [u8; 32] {
    let mut key = [0; 32];
    aws_lc_rs::rand::fill(&mut key).unwrap();
    key
}
