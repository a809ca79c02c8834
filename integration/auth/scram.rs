//! SCRAM ended by the proxy, seen from the wire: channel binding, the downgrade flag, users that are not there.

use super::{SCRAM, VERIFIED, comes_in, database, import, is_in, is_out, site, to};
use crate::harness::{python, until};

#[test]
fn channels_are_bound_to_the_proxys_own_certificate() {
    let database = database();
    let site = site(&database, SCRAM, true, VERIFIED);
    import(&site, &database, &["ann"]);
    let proxy = site.serve();
    for binding in ["require", "prefer", "disable"] {
        let words = format!("sslmode=require channel_binding={binding}");
        is_in(&comes_in(&proxy, "ann", "ann", &words), "ann");
    }
    let output = comes_in(
        &proxy,
        "ann",
        "ann",
        "sslmode=disable channel_binding=require",
    );
    is_out(&output, "channel binding");
}

/// A client that says of channel binding what it is told to: prints how far it came.
const CLIENT: &str = r#"
import base64, hashlib, hmac, os, socket, ssl, struct, sys
port, user, database, password, tls, mechanism, flag, user_known = sys.argv[1:9]
s = socket.create_connection(("127.0.0.1", int(port)), 20)
if tls == "tls":
    s.sendall(struct.pack("!ii", 8, 80877103))
    assert s.recv(1) == b"S"
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    s = context.wrap_socket(s)
def send(tag, body):
    s.sendall(tag + struct.pack("!i", len(body) + 4) + body)
def read(n):
    out = b""
    while len(out) < n:
        part = s.recv(n - len(out))
        if not part:
            print("closed"); sys.exit()
        out += part
    return out
def message():
    tag = read(1); n, = struct.unpack("!i", read(4)); body = read(n - 4)
    if tag == b"E":
        fields = dict((f[:1].decode(), f[1:].decode()) for f in body.split(b"\0") if f)
        print("error", fields["C"], fields["M"]); sys.exit()
    return tag, body
send(b"", struct.pack("!i", 196608) + b"user\0" + user.encode() + b"\0database\0" + database.encode() + b"\0\0")
tag, body = message()
offered = body[4:].rstrip(b"\0").split(b"\0")
print("offered", *sorted(m.decode() for m in offered))
nonce = base64.b64encode(os.urandom(18)).decode()
bare = "n=,r=" + nonce
first = flag + "," + "," + bare
send(b"p", mechanism.encode() + b"\0" + struct.pack("!i", len(first)) + first.encode())
tag, body = message()
challenge = body[4:].decode()
r, salt, i = [part.split("=", 1)[1] for part in challenge.split(",")]
print("salt", salt, "iterations", i)
binding = (flag + ",,").encode()
if flag.startswith("p="):
    binding += hashlib.sha256(b"another certificate").digest()
without = "c=" + base64.b64encode(binding).decode() + ",r=" + r
salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(i))
key = hmac.new(salted, b"Client Key", "sha256").digest()
signed = ",".join([bare, challenge, without]).encode()
signature = hmac.new(hashlib.sha256(key).digest(), signed, "sha256").digest()
proof = bytes(a ^ b for a, b in zip(key, signature))
send(b"p", (without + ",p=" + base64.b64encode(proof).decode()).encode())
tag, body = message()
final = body[4:].decode()
server = hmac.new(hmac.new(salted, b"Server Key", "sha256").digest(), signed, "sha256").digest()
assert final == "v=" + base64.b64encode(server).decode()
tag, body = message()
assert (tag, body) == (b"R", b"\0\0\0\0"), (tag, body)
print("in")
"#;

struct Said<'a> {
    user: &'a str,
    password: &'a str,
    tls: &'a str,
    mechanism: &'a str,
    flag: &'a str,
}

fn said(port: u16, database: &str, client: &Said<'_>) -> Vec<String> {
    let output = python(
        CLIENT,
        &[
            &port.to_string(),
            client.user,
            database,
            client.password,
            client.tls,
            client.mechanism,
            client.flag,
            "",
        ],
    );
    assert_eq!(output.code, 0, "{output:?}");
    output.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn the_flags_of_channel_binding_mean_what_the_rfc_says() {
    const PLAIN: &str = "SCRAM-SHA-256";
    const PLUS: &str = "SCRAM-SHA-256-PLUS";
    let database = database();
    let site = site(&database, SCRAM, true, "\"disable\"");
    import(&site, &database, &["ann"]);
    let proxy = site.serve();
    let last = |tls, mechanism, flag| {
        let ann = Said {
            user: "ann",
            password: "ann",
            tls,
            mechanism,
            flag,
        };
        said(proxy.port(), database.name(), &ann).pop().unwrap()
    };
    assert_eq!(last("tls", PLAIN, "n"), "in");
    assert_eq!(last("plain", PLAIN, "n"), "in");
    // It could, and believes that the other side could not: no lie without TLS.
    assert_eq!(last("plain", PLAIN, "y"), "in");
    let downgraded = last("tls", PLAIN, "y");
    assert!(
        downgraded.starts_with("error 28000 ") && downgraded.contains("SW438"),
        "{downgraded}"
    );
    let other = last("tls", PLUS, "p=tls-server-end-point");
    assert!(
        other.starts_with("error 28000 ") && other.contains("binding check failed"),
        "{other}"
    );
    for (tls, mechanism, flag) in [
        ("tls", PLUS, "n"),
        ("tls", PLAIN, "p=tls-server-end-point"),
        ("tls", PLUS, "p=tls-unique"),
        ("plain", PLUS, "p=tls-server-end-point"),
        ("tls", "SCRAM-SHA-1", "n"),
        ("tls", PLAIN, "x"),
    ] {
        let refused = last(tls, mechanism, flag);
        assert!(
            refused.starts_with("error 08P01 "),
            "{tls} {mechanism} {flag}: {refused}"
        );
    }
}

#[test]
fn who_is_not_there_looks_like_who_is() {
    let database = database();
    let site = site(&database, SCRAM, true, "\"disable\"");
    import(&site, &database, &["ann", "bob"]);
    let proxy = site.serve();
    let ask = |port, user, password| {
        let client = Said {
            user,
            password,
            tls: "tls",
            mechanism: "SCRAM-SHA-256",
            flag: "n",
        };
        said(port, database.name(), &client)
    };
    let known = ask(proxy.port(), "ann", "wrong");
    let nobody = ask(proxy.port(), "nobody", "wrong");
    assert_eq!(known[0], nobody[0]);
    assert_eq!(known[2], nobody[2].replace("nobody", "ann"));
    let shape = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        (words[1].len(), words[3].to_owned())
    };
    assert_eq!(shape(&known[1]), shape(&nobody[1]));
    // The same salt whenever one asks, another for another name; also after a restart.
    assert_eq!(ask(proxy.port(), "nobody", "other")[1], nobody[1]);
    assert_ne!(ask(proxy.port(), "somebody", "wrong")[1], nobody[1]);
    let again = proxy.again();
    assert_eq!(ask(again.port(), "nobody", "wrong")[1], nobody[1]);
    assert_eq!(ask(again.port(), "ann", "wrong")[1], known[1]);
    let page = again.metrics();
    assert!(page.contains("login-failed"), "{page}");
}

#[test]
fn who_guesses_waits_and_is_sent_away_in_the_end() {
    let database = database();
    let site = site(&database, SCRAM, false, "\"disable\"");
    import(&site, &database, &["ann", "bob"]);
    let proxy = site.serve();
    let script = r#"
import concurrent.futures, sys, psycopg
def guess(n):
    try:
        psycopg.connect(sys.argv[1].replace("GUESS", f"guess{n}")).close()
        return "in"
    except psycopg.OperationalError as error:
        return "SW439" if "SW439" in str(error) else "wrong" if "password authentication failed" in str(error) else str(error)
with concurrent.futures.ThreadPoolExecutor(30) as pool:
    answers = list(pool.map(guess, range(12))) + list(pool.map(guess, range(60)))
assert set(answers) == {"wrong", "SW439"}, set(answers)
print("ok")
"#;
    let output = python(script, &[&to(&proxy, "ann", "GUESS", "")]);
    assert_eq!(output.stdout.trim(), "ok", "{output:?}");
    // Another user from the same place is heard.
    is_in(&comes_in(&proxy, "bob", "bob", ""), "bob");
    // And so is ann when some time has gone.
    until(|| comes_in(&proxy, "ann", "ann", "").code == 0);
}
