//! COPY on plain tables directly and on protected ones through the proxy, as full control: every byte that comes out,
//! every error with its line, and every row that went in must be the same.

use crate::customers::{plain, protected};
use crate::harness::{Database, Frame, Raw};

/// Both sides of the comparison.
struct Twins {
    direct: Raw,
    through: Raw,
}

impl Twins {
    fn begin(plain: &Database, protected: &Database, port: u16, role: &str) -> Twins {
        Twins {
            direct: Raw::login(plain.server().port(), role, plain.name()),
            through: Raw::login(port, role, protected.name()),
        }
    }

    fn each<T>(&mut self, mut act: impl FnMut(&mut Raw) -> T) -> (T, T) {
        (act(&mut self.direct), act(&mut self.through))
    }
}

/// A COPY to its end; `data` goes in pieces of this size.
fn copy(raw: &mut Raw, sql: &str, extended: bool, data: &[u8], size: usize) -> Vec<Frame> {
    if extended {
        raw.run(sql);
        raw.flush();
    } else {
        raw.ask(sql);
    }
    let mut frames = Vec::new();
    loop {
        let frame = raw.read().unwrap();
        let tag = frame.tag;
        frames.push(frame);
        match tag {
            'G' => {
                for piece in data.chunks(size) {
                    raw.send('d', piece);
                }
                raw.send('c', b"");
                break;
            }
            'Z' => return frames,
            'E' | 'C' => break,
            _ => {}
        }
    }
    if extended {
        raw.sync();
    }
    frames.extend(raw.until_ready());
    frames
}

/// What of an answer must be the same: everything, but of an error only its code, and its place in the data.
fn told(frames: &[Frame]) -> Vec<(char, Vec<u8>)> {
    frames
        .iter()
        .map(|frame| match frame.tag {
            'E' => ('E', [frame.sqlstate(), place(frame)].join(" ").into_bytes()),
            _ => (frame.tag, frame.body.clone()),
        })
        .collect()
}

fn place(error: &Frame) -> String {
    let context = error.field('W').unwrap_or_default();
    match context.split_once(": ") {
        Some((place, _value)) => place.to_owned(),
        None => context,
    }
}

/// Options of COPY TO.
const OUT: &[&str] = &[
    "",
    "(format text, delimiter '|', null 'nil', header)",
    "(delimiter E'\\x01', null '')",
    "delimiter ';' null as '--'",
    "csv",
    "csv header",
    "with csv header quote '''' escape '\\' delimiter ';' null 'NULL' force quote *",
    "(format csv, force_quote (email, notes, id), null 'note 1')",
    "(format csv, delimiter 'x', quote '-')",
    "(format csv, delimiter '@', null 'none')",
    "(format binary)",
    "(format csv, header false, encoding 'utf-8')",
];

#[test]
fn what_comes_out_is_the_same_to_the_byte() {
    let (direct, (database, proxy)) = (plain(), protected());
    for database in [&direct, &database] {
        database.run("create table nothing (id int)");
    }
    let mut twins = Twins::begin(&direct, &database, proxy.port(), "owner");
    // Values that every format has to write in some other way.
    for values in [
        "(100, 'n', E'a\\tb\\n\\\\c\\r', '\"q\",''|', E'\\\\.', 0, 1)",
        "(101, 'n', '', '\\N', '', null, null)",
        "(102, 'n', 'ünï ✓', 'nil', 'NULL', 1.5, -7)",
        "(103, 'n', E'\\x01\\x08\\x0b\\x0c\\x7f', 'none', '--', 99999999.99, 2147483647)",
    ] {
        let sql = format!(
            "insert into customers (id, name, email, ssn, notes, balance, visits) values {values}"
        );
        let (left, right) = twins.each(|raw| Raw::error(&raw.query(&sql)));
        assert_eq!((left.as_str(), right.as_str()), ("", ""), "{sql}");
    }
    let sources = [
        "customers",
        "customers (notes, id, email, tags, birth_date, seen, key, score, mood, code)",
        "customers (email)",
        "(select id, email, notes, ssn, seen from customers order by id)",
        "(select notes as \"a,b\", email, id from customers where email = 'user7@example.com' or id > 99 order by id)",
        "(select id, email, array_agg(visits) as notes from customers where id = 7 group by id)",
        "(select id, email, notes from customers where id = -1)",
        "(select id, ssn, amount from claims order by id)",
    ];
    let settings = [
        "set datestyle = 'iso, mdy'",
        "set datestyle = 'SQL, DMY'; set timezone = 'America/New_York'; set bytea_output = 'escape'",
        "set datestyle = 'German'; set timezone = 'Europe/Berlin'; set extra_float_digits = 0",
        "set datestyle = 'Postgres, MDY'; set intervalstyle = 'iso_8601'",
    ];
    for setting in settings {
        twins.each(|raw| raw.query(setting));
        for source in sources {
            for options in OUT {
                let sql = format!("copy {source} to stdout {options}");
                for extended in [false, true] {
                    let (left, right) = twins.each(|raw| copy(raw, &sql, extended, b"", 1));
                    alike(&left, &right, &format!("{sql}, extended {extended}"));
                }
            }
        }
    }
}

/// Statements and data that go in. A row that is taken is looked at afterwards.
const IN: &[(&str, &[u8])] = &[
    ("(id, name, email, notes) from stdin", b"200\tn\ta@x\tnote\n201\tm\t\\N\t\n202\to\t\t\\N"),
    ("(id, name, email, notes) from stdin", b"203\tn\\tx\ta\\\\b\\x41\\101\tl\\\nm\\n\n\\.\nignored"),
    ("(id, name, notes) from stdin", b"204\tn\t\n205\tn\t\\\\N\n"),
    ("(id, name, notes) from stdin", b"206\tn\tcrlf\r\n207\tn\tx\r\n"),
    ("(id, name, notes) from stdin", b"208\tn\tcr\r209\tn\tx\r"),
    ("(id, name) from stdin", b"210\tdefault of notes\n"),
    ("(name, email) from stdin", "ünï\tü@x\n".as_bytes()),
    (
        "(id, name, visits, balance, birth_date, seen, code, key, score, mood, tags) from stdin",
        b"211\tn\t007\t1.005\t2000-02-29\t2020-05-05 12:00+02\txy\ta0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\t1e10\thappy\t{a,NULL,\"b,c\"}\n",
    ),
    ("(id, name, notes, email) from stdin (delimiter '|', null 'nil')", b"212|n|nil|a\\|b\n213|n|n\\il|\n"),
    ("(id, name, notes, email) from stdin csv", b"214,n,,\"\"\n215,n,\"a,\"\"b\nc\",\"x\ny\"\n"),
    // From 18 on `\.` alone is a value, and the row lacks the others.
    ("(notes, name, id) from stdin csv header", b"whatever\n\\.,n,216\n\\.\nignored\n"),
    ("(id, name, notes) from stdin (format csv, header match)", b"id,name,notes\n217,n,x\n"),
    ("(id, name, notes) from stdin (format csv, header match)", b"id,notes,name\n218,n,x\n"),
    ("(id, name, notes) from stdin (format csv, header match)", b"id,name\n218,n,x\n"),
    ("(id, name, notes) from stdin (header)", b"x\n219\tn\tx\n"),
    (
        "(id, name, notes, email) from stdin (format csv, null 'nil', force_not_null (notes), force_null (email))",
        b"220,n,nil,\"nil\"\n221,n,\"nil\",nil\n",
    ),
    (
        "(id, name, notes, email) from stdin csv quote '''' escape '\\' delimiter ';'",
        b"222;n;'it\\'s';'a\\\\b;c'\n",
    ),
    ("(id, name, notes) from stdin csv", b"223,n,cr\r\n224,n,\"a\r\nb\"\r\n"),
    ("(id, name, notes) from stdin where id > 225", b"225\tn\tx\n226\tn\ty\n"),
    ("(id, name, notes) from stdin", b""),
    ("(id, name, notes) from stdin", b"\\.\n"),
    ("(id, name, notes) from stdin csv", b"227,n,last"),
    // Errors. What is there is read before what is missing.
    ("(id, name, notes) from stdin", b"\n"),
    ("(id, name, notes) from stdin", b"300\tn\tx\n\n"),
    ("(id, name, notes) from stdin", b"x\n"),
    ("(visits, id) from stdin", b"\n"),
    ("(name, notes) from stdin", b"\n"),
    ("(id, email) from stdin", b"300\n"),
    ("(id, visits, email) from stdin csv", b"300,7\n"),
    ("(id, visits, email) from stdin csv", b"\n"),
    ("(id, name, notes) from stdin", b"300\tn\n"),
    ("(id, name, notes) from stdin", b"300\tn\tx\n301\tn\tx\ty\n"),
    ("(id, name, notes) from stdin", b"300\tn\tx\n301\n"),
    ("(id, name, notes) from stdin", b"x\tn\tx\n"),
    ("(id, name, visits) from stdin", b"300\tn\t1\n301\tn\t2\n302\tn\tx1\n"),
    ("(id, name, visits) from stdin", b"300\tn\t3000000000\n"),
    ("(id, name, visits) from stdin", b"300\tn\t\n"),
    ("(id, name, ssn) from stdin", b"300\tn\t123456789012\n"),
    ("(id, name, birth_date) from stdin", b"300\tn\t2001-02-29\n"),
    ("(id, name, birth_date) from stdin csv header", b"h\n300,n,yesterdayish\n"),
    ("(id, name, key) from stdin", b"300\tn\tnot-a-uuid\n"),
    ("(id, name, mood) from stdin", b"300\tn\tangry\n"),
    ("(id, name, balance) from stdin", b"300\tn\t123456789.99\n"),
    ("(id, name, tags) from stdin", b"300\tn\t{a\n"),
    ("(id, name, notes) from stdin", b"300\tn\t\xff\n"),
    ("(id, name, notes) from stdin", b"300\tn\\377\tx\n"),
    ("(id, name, notes) from stdin", b"300\tn\ta\\000b\n"),
    ("(id, name, notes) from stdin", b"300\tn\tx\r\n301\tn\ty\n"),
    ("(id, name, notes) from stdin", b"300\tn\tx\n301\tn\ty\r\n"),
    ("(id, name, notes) from stdin", b"300\tn\tx\n\\.x\n"),
    ("(id, name, notes) from stdin", b"300\tn\tx\n\\."),
    ("(id, name, notes) from stdin csv", b"300,n,\"x\n"),
    ("(id, name, notes) from stdin csv", b"300,n,x\n301,n,y\r\n"),
    ("(id, name, visits) from stdin csv", b"300,\"a\nb\",1\n301,\"a\nb\",2\n302,n,x\n"),
    ("(id, name, email) from stdin", b"300\tn\tnew1@x\n301\tn\tuser7@example.com\n"),
    ("(id, name) from stdin (header)", b"h\n300\tn\n1\tn\n"),
    ("(id, name) from stdin", b"300\t\\N\n"),
    ("(id, id) from stdin", b""),
    ("(id, nothing) from stdin", b""),
    ("(id, name, notes) from stdin (format csv, delimiter ',,')", b""),
    ("(id, name, notes) from stdin (format xml)", b""),
    ("(id, name, notes) from stdin (format csv, force_null (email))", b""),
    ("(id, name, notes) from stdin binary", b"not binary at all"),
    ("(id, name, notes) from stdin binary", b""),
    ("(id, name, notes) from stdin binary", b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0"),
    ("(id, name, notes) from stdin binary", b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\0\x02"),
];

#[test]
fn what_goes_in_is_the_same_row_by_row() {
    let (direct, (database, proxy)) = (plain(), protected());
    let mut twins = Twins::begin(&direct, &database, proxy.port(), "owner");
    for (at, (rest, data)) in IN.iter().enumerate() {
        let sql = format!("copy customers {rest}");
        for (extended, size) in [(false, 1), (true, 4096), (false, 7)] {
            let (left, right) = twins.each(|raw| copy(raw, &sql, extended, data, size));
            let what = format!("{at}: {sql}: {}, {extended}, {size}", data.escape_ascii());
            alike(&left, &right, &what);
            let look = "select * from customers where id > 40 order by id, name";
            let (left, right) = twins.each(|raw| Raw::rows(&raw.query(look)));
            assert_eq!(left, right, "{at}: {sql}");
            twins.each(|raw| raw.query("delete from customers where id > 40"));
        }
    }
    // Sealed they lie there, and nowhere as they came.
    let (left, _) = twins.each(|raw| {
        copy(
            raw,
            "copy customers (id, name, email, notes) from stdin",
            false,
            b"500\tn\tcanary@x\tcanary note\n",
            3,
        )
    });
    assert_eq!(Raw::error(&left), "");
    assert_eq!(
        database.value("select count(*) from customers where id = 500 and substr(email, 1, 1) = '\\xfb' and substr(notes, 1, 1) = '\\xfb'"),
        "1"
    );
}

/// Two answers are the same, but that of an error's place in the data the proxy may tell less, or the column too.
#[track_caller]
fn alike(direct: &[Frame], through: &[Frame], what: &str) {
    if !direct.iter().any(|frame| matches!(frame.tag, 'G' | 'H')) {
        // Options and columns are looked at when a plan is made, by the server when it is carried out.
        let errors = [direct, through].map(Raw::error);
        assert!(!errors[0].is_empty(), "{what}");
        assert_eq!(errors[0], errors[1], "{what}");
        return;
    }
    let (direct, through) = (told(direct), told(through));
    let tags = |told: &[(char, Vec<u8>)]| told.iter().map(|one| one.0).collect::<String>();
    assert_eq!(tags(&direct), tags(&through), "{what}: {}", shown(&through));
    for (left, right) in direct.iter().zip(&through) {
        let same = match left.0 {
            'E' => {
                left.1.get(..5) == right.1.get(..5)
                    && (left.1.starts_with(right.1.trim_ascii_end())
                        || right.1.starts_with(&left.1))
            }
            _ => left == right,
        };
        assert!(
            same,
            "{what}\ndirectly: {}\nthrough:  {}",
            shown(std::slice::from_ref(left)),
            shown(std::slice::from_ref(right))
        );
    }
}

fn shown(told: &[(char, Vec<u8>)]) -> String {
    told.iter()
        .map(|(tag, body)| format!("{tag}<{}> ", body.escape_ascii()))
        .collect::<String>()
        .chars()
        .take(2_000)
        .collect()
}

#[test]
fn binary_goes_round() {
    let (direct, (database, proxy)) = (plain(), protected());
    let mut twins = Twins::begin(&direct, &database, proxy.port(), "owner");
    let columns = "(id, name, email, ssn, notes, balance, visits, birth_date, seen, code, key, score, mood, tags, phone)";
    let out = twins
        .direct
        .query(&format!("copy customers {columns} to stdout binary"));
    let data: Vec<u8> = out
        .iter()
        .filter(|frame| frame.tag == 'd')
        .flat_map(|frame| frame.body.clone())
        .collect();
    for size in [1, 100, 100_000] {
        for extended in [false, true] {
            twins.each(|raw| raw.query("delete from customers"));
            let sql = format!("copy customers {columns} from stdin (format binary)");
            let (left, right) = twins.each(|raw| copy(raw, &sql, extended, &data, size));
            alike(&left, &right, &sql);
            assert_eq!(Raw::tags(&left).chars().last(), Some('Z'));
            let look = "select * from customers order by id";
            let (left, right) = twins.each(|raw| raw.query(look));
            assert_eq!(Raw::rows(&left).len(), 40);
            assert_eq!(Raw::rows(&left), Raw::rows(&right));
        }
    }
    // Cut short, and with a value that is not of its type.
    twins.each(|raw| raw.query("delete from customers"));
    let mut wrong = data.clone();
    let at = wrong.len() - 40;
    wrong.truncate(at);
    let sql = format!("copy customers {columns} from stdin (format binary)");
    let (left, right) = twins.each(|raw| copy(raw, &sql, false, &wrong, 50));
    alike(&left, &right, &sql);
    let head = &data[..19];
    let row = [head, b"\0\x02\0\0\0\x04\0\0\0\x01\0\0\0\x05\0\0\0\x01\x01"].concat();
    let sql = "copy customers (id, visits) from stdin binary".to_owned();
    let (left, right) = twins.each(|raw| copy(raw, &sql, false, &row, 50));
    alike(&left, &right, &sql);
    assert_eq!(
        Raw::rows(&twins.through.query("select count(*) from customers"))[0],
        [Some("0".to_owned())]
    );
}
