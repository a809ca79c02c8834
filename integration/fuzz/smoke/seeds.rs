//! Seeds of the targets. Of SQL they are a file, with the words of the dictionary; of bytes they are written here.

/// The seeds of a target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "startup" => startup(),
        "frames" => frames(),
        "plan" => include_str!("../seeds/plan.sql")
            .split("\n--//\n")
            .map(|text| text.trim_end().as_bytes().to_vec())
            .collect(),
        "copy_text" => lines(&TEXT, 4),
        "copy_csv" => lines(&CSV, 5),
        "copy_binary" => binary(),
        "envelopes" => envelopes(),
        "values" => values(),
        other => panic!("no seeds of {other}"),
    }
}

/// Words that inputs of a target are made of, beside its seeds.
pub fn words(target: &str) -> Vec<Vec<u8>> {
    if target != "plan" {
        return Vec::new();
    }
    include_str!("../sql.dict")
        .lines()
        .filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'))
        .map(unescaped)
        .collect()
}

/// As libFuzzer reads them: `\\`, `\"`, `\xAB`.
fn unescaped(word: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = word.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'\\' => match bytes.next() {
                Some(b'x') => {
                    let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                    u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
                }
                other => other.unwrap(),
            },
            byte => byte,
        });
    }
    out
}

fn packet(code: u32, rest: &[u8]) -> Vec<u8> {
    let length = u32::try_from(8 + rest.len()).unwrap();
    [&length.to_be_bytes()[..], &code.to_be_bytes(), rest].concat()
}

fn startup() -> Vec<Vec<u8>> {
    vec![
        packet(3 << 16, b"user\0ann\0database\0shop\0\0"),
        packet(
            3 << 16 | 2,
            b"user\0ann\0options\0-c x=y\0client_encoding\0UTF8\0_pq_.x\0\0\0",
        ),
        packet(3 << 16, b"\0"),
        packet(80_877_102, &[7; 8]),
        packet(80_877_102, &[7; 40]),
        packet(80_877_103, b""),
        packet(80_877_104, b""),
        packet(2 << 16, b"user\0ann\0\0"),
        b"\x16\x03\x01\x02\0\x01".to_vec(),
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
    ]
}

fn frame(tag: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(4 + body.len()).unwrap();
    [&[tag][..], &length.to_be_bytes(), body].concat()
}

fn frames() -> Vec<Vec<u8>> {
    let bodies: Vec<(u8, &[u8])> = vec![
        (b'Q', b"select 1\0"),
        (b'P', b"s1\0select $1\0\0\x02\0\0\0\x11\0\0\0\0"),
        (
            b'B',
            b"p\0s\0\0\x01\0\x01\0\x03\xff\xff\xff\xff\0\0\0\0\0\0\0\x02hi\0\x02\0\0\0\x01",
        ),
        (b'D', b"Ss1\0"),
        (b'C', b"P\0"),
        (b'E', b"p\0\0\0\0\x05"),
        (b'S', b""),
        (b'd', b"1\tx\n"),
        (b'D', b"\0\x02\0\0\0\x01a\xff\xff\xff\xff"),
        (
            b'T',
            b"\0\x01id\0\0\0\x40\0\0\x01\0\0\0\x17\0\x04\xff\xff\xff\xff\0\0",
        ),
        (b't', b"\0\x02\0\0\0\x11\0\0\0\x19"),
        (b'R', b"\0\0\0\0"),
        (b'R', b"\0\0\0\x05abcd"),
        (b'R', b"\0\0\0\x0aSCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0"),
        (b'R', b"\0\0\0\x0br=abc"),
        (
            b'E',
            b"SERROR\0VERROR\0C42P01\0Mno relation\0Dx\0Hy\0P15\0\0",
        ),
        (b'N', b"SNOTICE\0C00000\0Mhello\0\0"),
        (b'S', b"client_encoding\0UTF8\0"),
        (b'Z', b"T"),
        (b'C', b"INSERT 0 1\0"),
    ];
    let mut seeds: Vec<Vec<u8>> = bodies.iter().map(|(_, body)| body.to_vec()).collect();
    seeds.push(
        bodies
            .iter()
            .flat_map(|(tag, body)| frame(*tag, body))
            .collect(),
    );
    seeds.extend(bodies.iter().map(|(tag, body)| frame(*tag, body)));
    seeds
}

const TEXT: [&[u8]; 12] = [
    b"a\tb\nc\td\n",
    b"\\N\t\\\\N\n\t\n",
    b"a\\tb\tc\\\\\n",
    b"\\x41\\101\\q\\b\\f\\n\\r\\t\\v\tx\n",
    b"a\r\nb\r\n",
    b"a\rb\r",
    b"a\n\\.\nb\n",
    b"c0\tc1\nv\tw\n",
    b"x,y|zA;~nil\n",
    b"a\\\nb\tc\n",
    b"\xc3\xbc\t\xff\n",
    b"a\\",
];

const CSV: [&[u8]; 12] = [
    b"a,b\n\"c,\"\"d\ne\",f\n",
    b",\"\"\n\n",
    b"a\"b\"c,d\r\n\"x\r\ny\",z\r\n",
    b"'a\\'b\\\\',c\n",
    b"\\.\n",
    b"a,\\.\n\\.,x\n",
    b"\"\\.\"\n",
    b"c0,c1\nv,w\n",
    b"nil,\"nil\",\\N,\"\\N\"\n",
    b"QaQQbQ;c\n",
    b"\"a\n",
    b"a\rb\r",
];

/// What chooses the format in front of each, in several ways.
fn lines(data: &[&[u8]], choices: usize) -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (at, data) in data.iter().enumerate() {
        for kind in [0_u8, 1, 2, 4] {
            let mut choice = vec![kind; choices];
            choice[choices - 2] = 0x61 + kind.min(2);
            choice[choices - 1] = u8::try_from(at).unwrap() * 5 + kind;
            seeds.push([&choice[..], data].concat());
        }
    }
    seeds.push([&vec![0; choices][..], b"c0\n1\n"].concat());
    seeds.push([&[0, 0, 0, 0x11, 9][5 - choices..], b"c0\tc1\n1\t2\n"].concat());
    seeds
}

fn binary() -> Vec<Vec<u8>> {
    let rows: [&[u8]; 6] = [
        b"\0\x02\0\0\0\x01a\xff\xff\xff\xff\xff\xff",
        b"\0\x02\0\0\0\x02hi\0\0\0\0\0\x02\xff\xff\xff\xff\0\0\0\x01b\xff\xff",
        b"\0\x02\0\0\0\x01a\0\0\0\x01b",
        b"\xff\xff",
        b"\0\x02\xff\xff\xff\xfe",
        b"\0\x02\x7f\xff\xff\xff",
    ];
    let mut seeds: Vec<Vec<u8>> = rows
        .map(|rows| [&b"\x02\x07\x01"[..], rows].concat())
        .into();
    seeds.push(b"\x02\x04\0PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\x03xyz\0\x02\0\0\0\x01a\xff\xff\xff\xff\xff\xff".to_vec());
    seeds.push(b"\0\x05\x01\0\0\0\0\xff\xff".to_vec());
    seeds.push(b"\x01\x05\0PGCOPY\n\xff\r\n\0\0\x01\0\0\0\0\0\0".to_vec());
    seeds
}

fn envelopes() -> Vec<Vec<u8>> {
    let values: [&[u8]; 8] = [
        b"",
        b"a",
        b"ada@example.com",
        b"\0\0\0\0\0\0\0\x07",
        "Grüße".as_bytes(),
        &[b'x'; 60],
        b"\xfb\x11\0\0\0\x01\0\0\0\x01aaaaaaaaaaaaaaaa",
        b"\xfb\x12\x04\0\0\x01\0\0\0\x08\0\0aaaaaaaaaaaabbbbbbbbbbbbbbbb",
    ];
    let mut seeds = Vec::new();
    for layout in 0..11 {
        for (how, value) in (0..).zip(values) {
            seeds.push([&[layout, how + layout * 16, 0, how * 9], value].concat());
        }
    }
    seeds
}

fn values() -> Vec<Vec<u8>> {
    let texts: [&[u8]; 26] = [
        b"hello",
        b"-32768",
        b"2147483647",
        b"9223372036854775807",
        b"123.4500",
        b"-1e-20",
        b"NaN",
        b"-Infinity",
        b"1.7976931348623157e308",
        b"yes",
        b"2000-02-29",
        b"January 8, 99 BC",
        b"23:59:60",
        b"12:00 PM -08:00",
        b"2024-03-31 02:30:00.123456 Europe/Berlin",
        b"infinity",
        b"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        b"{\"a\": [1, 2.50, null, \"\\u00e9\"]}",
        b"\\xdeadBEEF",
        b"\\001\\\\x",
        b"192.168.0.1/24",
        b"::ffff:1.2.3.4/128",
        b"{a,\"b \\\" c\",NULL}",
        b"[0:1][2:2]={{1},{2}}",
        b"%a_\\%b%a_xx%bb",
        b"12abc34abd",
    ];
    let mut seeds = Vec::new();
    for kind in 0..30_u8 {
        for (at, text) in (0..).zip(texts) {
            seeds.push([&[kind, at * 7 + kind, at % 4], text].concat());
        }
        for length in [1, 2, 4, 8, 16, 20] {
            seeds.push([&[kind, 0, 2][..], &vec![kind; length]].concat());
        }
    }
    let array =
        b"\0\0\0\x01\0\0\0\x01\0\0\0\x17\0\0\0\x02\0\0\0\x01\0\0\0\x04\0\0\0\x05\xff\xff\xff\xff";
    seeds.push([&[25, 0, 2], &array[..]].concat());
    // A timestamp in the German style, read with the month first: no server reads that back either.
    seeds.push(b"\xff\xff\x06\0jdljdll".to_vec());
    // A date of SQL's style, which has the month first, read with the year first: likewise.
    seeds.push(b"\x84I2-\x06\xa4n".to_vec());
    seeds.push([&[6, 0, 2][..], b"\0\x02\0\0\0\0\0\x02\0\x01\x13\x88"].concat());
    seeds.push([&[23, 0, 2][..], b"\0\0\0\x02\x02\0\0\x04\x01\x02\x03\x04"].concat());
    seeds
}
