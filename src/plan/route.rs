//! From a text to a plan: split, route each statement by its kind, put the edits together.

use std::borrow::Cow;
use std::sync::Arc;

use super::analysis::{Analysis, LeafState, Use};
use super::edits::{self, Edit, FAILING, Part};
use super::facade::{Faces, faces};
use super::made::makes_temporary;
use super::named::Naming;
use super::{
    Change, CopyPlan, Named, Outcome, Piece, Plan, Protocol, Reason, Request, StatementPlan, Touch,
    World, ddl, finish, first_value, keyset, serials, steering,
};
use crate::fault::{Fault, Refusal};
use crate::sql::{self, Range, Statement, Token, TokenKind};

/// What a statement may change, by its words alone.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Effects {
    pub(super) settings: bool,
    pub(super) catalog: bool,
    /// It can hide a name in a string.
    pub(super) hides: bool,
    /// What names mean may be another afterwards: settings, role, or what cannot be seen.
    pub(super) moves: bool,
}

/// Parameters of SET that names and values do not depend on.
const HARMLESS: &[&str] = &[
    "application_name",
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
    "transaction",
    "constraints",
    "work_mem",
    "client_min_messages",
    "synchronous_commit",
    "jit",
];

pub(super) fn effects(tokens: &[Token]) -> Effects {
    let word = |at: usize| match tokens.get(at).map(|token| &token.kind) {
        Some(TokenKind::Word(word)) => word.as_str(),
        _ => "",
    };
    let mut effects = Effects::default();
    match word(0) {
        "set" => {
            let name = if matches!(word(1), "local" | "session") {
                word(2)
            } else {
                word(1)
            };
            effects.settings = !HARMLESS.contains(&name);
            effects.moves = effects.settings;
        }
        "reset" | "discard" | "rollback" | "abort" | "commit" | "end" => {
            effects.settings = true;
            effects.moves = true;
        }
        "do" => {
            effects = Effects {
                settings: true,
                catalog: true,
                hides: true,
                moves: true,
            }
        }
        "call" => {
            effects = Effects {
                settings: true,
                catalog: true,
                hides: false,
                moves: true,
            }
        }
        // Temporary relations are part of the session's settings.
        "create" | "alter" | "drop" | "import" | "reassign" => {
            effects = Effects {
                settings: true,
                catalog: true,
                hides: ddl::makes_routine(tokens) || hides_a_name(tokens),
                // A schema that is made or goes may be one of the search path.
                moves: matches!(word(1), "schema" | "role" | "user" | "database"),
            }
        }
        // A temporary one stands before what has its name.
        _ if ddl::makes_table(tokens) => {
            effects.settings = true;
            effects.catalog = true;
        }
        _ => {}
    }
    let configures = tokens
        .iter()
        .any(|token| token.name() == Some("set_config"));
    effects.settings |= configures;
    effects.moves |= configures;
    effects
}

/// The server carries out nothing behind the first statement that fails. Behind so many that are refused a text is not
/// even looked at: each refusal says where in the text it stands, which is counted from the start.
const MOST_REFUSED: usize = 1_000;

/// Statements that name a table and neither read nor write its rows.
const BARE: &[&str] = &[
    "comment",
    "grant",
    "revoke",
    "begin",
    "commit",
    "end",
    "rollback",
    "savepoint",
    "release",
    "analyze",
    "vacuum",
    "reindex",
    "lock",
    "set",
    "reset",
    "show",
];

/// Definitions whose text can name a table inside a string, or open a door to a server that may be this one.
/// Routines are read (`ddl::check_body`).
fn hides_a_name(tokens: &[Token]) -> bool {
    tokens.iter().take(6).any(|token| {
        [
            "foreign",
            "server",
            "mapping",
            "subscription",
            "publication",
            "extension",
            "language",
            "event",
            "import",
        ]
        .iter()
        .any(|word| token.is_word(word))
    })
}

/// One statement, routed.
#[derive(Clone)]
pub(super) struct Routed {
    pub(super) outcome: Outcome,
    pub(super) outputs: Option<Arc<[super::Output]>>,
    pub(super) copy: Option<CopyPlan>,
    pub(super) derived: Option<Arc<super::Derived>>,
    pub(super) touches: Vec<Touch>,
    pub(super) writes: bool,
    pub(super) guesses: u32,
    pub(super) edits: Vec<Edit>,
    pub(super) uses: Vec<Use>,
    pub(super) stale: bool,
    /// It was read as a definition, and what those before it in the text made is taken into account.
    pub(super) defines: bool,
    /// What follows it unseen.
    pub(super) after: Vec<Piece>,
    /// What it does to the names of the session.
    pub(super) change: Option<Arc<Change>>,
    /// A statement inside it whose placeholders are its own.
    pub(super) inner: Option<Range>,
}

impl Routed {
    fn defined(defined: ddl::Defined) -> Routed {
        let changed = !defined.edits.is_empty() || !defined.after.is_empty();
        Routed {
            outcome: if changed {
                Outcome::Planned
            } else {
                Outcome::Passthrough(Reason::NoData)
            },
            edits: defined.edits,
            after: defined.after,
            stale: defined.stale,
            defines: true,
            ..Routed::passes(Reason::NoData)
        }
    }

    pub(super) fn passes(reason: Reason) -> Routed {
        Routed {
            outcome: Outcome::Passthrough(reason),
            outputs: None,
            copy: None,
            derived: None,
            touches: Vec::new(),
            writes: false,
            guesses: 0,
            edits: Vec::new(),
            uses: Vec::new(),
            stale: false,
            defines: false,
            after: Vec::new(),
            change: None,
            inner: None,
        }
    }

    pub(super) fn refused(refusal: Refusal) -> Routed {
        Routed {
            outcome: Outcome::Refused(refusal),
            ..Routed::passes(Reason::NotWatched)
        }
    }
}

/// The plan of a text.
pub(super) fn plan(world: &World, request: &Request<'_>) -> Plan {
    let tokens = match sql::lex(request.text) {
        Ok(tokens) => tokens,
        Err(error) => {
            let position = request
                .text
                .get(..error.at)
                .map_or(1, |before| before.chars().count() + 1);
            let refusal = Refusal::new(
                Fault::AmbiguousText,
                format!("the statement holds {}", error.what),
            )
            .at(position);
            return refused_whole(refusal);
        }
    };
    let hits = world.watch.hits(request.text);
    let certain = guard_backslash(request);
    let shows = hits.faced && certain.is_ok();
    if let (true, Err(refusal)) = (hits.watched, certain) {
        return refused_whole(refusal);
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut uses: Vec<Use> = Vec::new();
    let mut statements = Vec::new();
    let mut stale = false;
    let (mut changes_settings, mut changes_catalog, mut moves) = (false, false, false);
    let mut made = ddl::Made::default();
    let mut after = Vec::new();
    let mut names = Cow::Borrowed(request.named);
    let mut inner = Vec::new();
    let mut refused = 0_usize;
    let mut end = request.text.len();
    for range in sql::split(&tokens) {
        let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
        let faces = if shows && world.watch.hits_facade(own) {
            let settled = !changes_settings && !changes_catalog;
            faces(world, request, &tokens, range, settled)
        } else {
            Faces::default()
        };
        let mut routed = statement(world, request, &tokens, range, faces, (&mut made, &names));
        let unsure = if routed.defines {
            moves
        } else {
            changes_settings || changes_catalog
        };
        let bare = BARE
            .iter()
            .any(|word| own.first().is_some_and(|own| own.is_word(word)));
        let touches =
            touches_names(world, own, &routed) || !routed.defines && !bare && made.hit(own);
        if unsure && touches {
            routed = Routed::refused(Refusal::new(
                Fault::MixedDdl,
                "a statement on a protected table follows one that changes the schema, the role or the settings",
            ));
        }
        if let Some(refusal) = keyset::refusal(world, request, own, &routed) {
            routed = Routed::refused(refusal);
        }
        let effects = effects(own);
        changes_settings |= effects.settings;
        changes_catalog |= effects.catalog;
        moves |= effects.moves;
        stale |= routed.stale;
        let (Some(first), Some(last)) = (own.first(), own.last()) else {
            continue;
        };
        if matches!(routed.outcome, Outcome::Refused(_)) {
            refused += 1;
            edits.push(Edit {
                start: first.start,
                end: last.end,
                parts: vec![Part::Text(FAILING.to_owned())],
            });
        } else {
            let offset = uses.len();
            edits.extend(routed.edits.into_iter().map(|edit| shifted(edit, offset)));
            uses.extend(routed.uses);
        }
        if let Some(change) = &routed.change {
            names.to_mut().apply(change);
        }
        inner.extend(routed.inner);
        let follows = if matches!(routed.outcome, Outcome::Refused(_)) {
            Vec::new()
        } else {
            routed.after
        };
        statements.push(StatementPlan {
            outcome: routed.outcome,
            outputs: routed.outputs,
            copy: routed.copy.map(Arc::new),
            derived: routed.derived,
            touches: routed.touches.into(),
            writes: routed.writes,
            guesses: routed.guesses,
            fingerprint: sql::fingerprint(own),
            observed: None,
            change: routed.change,
        });
        match request.protocol {
            Protocol::Simple => {
                let mut parts = Vec::new();
                for piece in follows {
                    parts.push(Part::Text("; ".to_owned()));
                    parts.push(Part::Piece(piece));
                    statements.push(own_statement());
                }
                if !parts.is_empty() {
                    edits.push(Edit {
                        start: last.end,
                        end: last.end,
                        parts,
                    });
                }
            }
            Protocol::Extended => after.extend(follows),
        }
        if refused == MOST_REFUSED {
            end = last.end;
            break;
        }
    }
    let tokens = without_inner(tokens, &inner);
    let placeholders = match finish::placeholders(&tokens, request.declared, &uses) {
        Ok(placeholders) => placeholders,
        Err(refusal) => return refused_whole(refusal),
    };
    let number = |index: usize| placeholders.numbers.get(index).copied();
    match edits::apply(request.text, 0, end, edits, number) {
        Ok((text, origins)) => Plan {
            text,
            origins,
            after,
            statements,
            parameters: placeholders.parameters,
            appended: placeholders.appended,
            stale,
            changes_settings,
            changes_catalog,
        },
        Err(_) => refused_whole(Refusal::new(
            Fault::Unparsed,
            "the statement could not be rewritten with certainty",
        )),
    }
}

/// Without the placeholders of statements inside PREPARE, which are none of the message's.
fn without_inner(mut tokens: Vec<Token>, inner: &[Range]) -> Vec<Token> {
    for range in inner {
        let own = tokens.get_mut(range.first..=range.last).unwrap_or_default();
        for token in own {
            if matches!(token.kind, TokenKind::Placeholder(_)) {
                token.kind = TokenKind::Mark('?');
            }
        }
    }
    tokens
}

/// A statement of Sealwire's own in the client's text.
fn own_statement() -> StatementPlan {
    StatementPlan {
        outcome: Outcome::Passthrough(Reason::Own),
        outputs: None,
        copy: None,
        derived: None,
        touches: Arc::new([]),
        writes: false,
        guesses: 0,
        fingerprint: String::new(),
        observed: None,
        change: None,
    }
}

fn shifted(mut edit: Edit, offset: usize) -> Edit {
    for part in &mut edit.parts {
        if let Part::Use(index) = part {
            *index += offset;
        }
    }
    edit
}

/// A text that is refused as one statement.
fn refused_whole(refusal: Refusal) -> Plan {
    Plan {
        text: vec![Piece::Text(FAILING.to_owned())],
        origins: vec![None],
        after: Vec::new(),
        statements: vec![StatementPlan {
            outcome: Outcome::Refused(refusal),
            outputs: None,
            copy: None,
            derived: None,
            touches: Arc::new([]),
            writes: false,
            guesses: 0,
            fingerprint: String::new(),
            observed: None,
            change: None,
        }],
        parameters: Vec::new(),
        appended: Vec::new(),
        stale: false,
        changes_settings: true,
        changes_catalog: true,
    }
}

fn touches_names(world: &World, own: &[Token], routed: &Routed) -> bool {
    match &routed.outcome {
        Outcome::Refused(_) => false,
        Outcome::Planned => true,
        Outcome::Passthrough(Reason::NotWatched | Reason::NoData | Reason::Own) => false,
        Outcome::Passthrough(Reason::NothingProtected | Reason::Observed) => {
            world.watch.hit(own).is_some()
        }
    }
}

/// Words that begin statements in which nothing is cast.
const CARRY_NO_VALUES: &[&str] = &[
    "begin",
    "start",
    "commit",
    "end",
    "rollback",
    "abort",
    "savepoint",
    "release",
    "show",
    "set",
    "reset",
];

/// Routes one statement by its first word.
fn statement(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    range: Range,
    mut faces: Faces,
    (made, names): (&mut ddl::Made, &Named),
) -> Routed {
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    let hit = world.watch.hit(own);
    let word = match own.first().map(|token| &token.kind) {
        Some(TokenKind::Word(word)) => word.as_str(),
        _ => "",
    };
    let at = |position: usize| {
        let start = tokens.get(position).map_or(0, |token| token.start);
        request
            .text
            .get(..start)
            .map_or(1, |before| before.chars().count() + 1)
    };
    let full = request.rights.full_control_everywhere;
    if word == "do" {
        if full {
            return Routed::passes(Reason::NothingProtected);
        }
        let message = "DO runs statements that cannot be seen";
        return Routed::refused(
            Refusal::new(Fault::RoutineNotVouched, message).at(at(range.first)),
        );
    }
    let defining = matches!(word, "create" | "alter" | "drop" | "comment" | "import");
    if let Some(carrier) = (!full)
        .then(|| world.watch.carrier(own, defining))
        .flatten()
    {
        let message = "an operator or type with a routine that could reach protected tables unseen";
        return Routed::refused(
            Refusal::new(Fault::RoutineNotVouched, message).at(at(range.first + carrier)),
        );
    }
    if let Err((refusal, token)) = first_value::check(request, (own, range), &faces.tokens) {
        return Routed::refused(refusal.at(at(range.first + token)));
    }
    if let (Some(cast), false) = (
        world.watch.casts.first(),
        full || CARRY_NO_VALUES.contains(&word),
    ) {
        let message = format!(
            "cast {cast} carries out a routine that could reach protected tables unseen, in any statement"
        );
        return Routed::refused(
            Refusal::new(Fault::RoutineNotVouched, message)
                .with_hint("A superuser made the cast: drop it, or have its function read no protected table.")
                .at(at(range.first)),
        );
    }
    let checked = steering::check(world, request, own);
    if let Err((refusal, token)) = checked.and_then(|()| serials::check(world, request, own)) {
        return Routed::refused(refusal.at(at(range.first + token)));
    }
    let naming = Naming {
        world,
        request,
        tokens,
        range,
        names,
    };
    if let Some(routed) = naming.route(hit, &mut faces) {
        return routed;
    }
    let defines = matches!(word, "create" | "alter" | "import");
    if defines && hides_a_name(own) && !full {
        let message = "a definition that could reach protected tables unseen";
        return Routed::refused(
            Refusal::new(Fault::RoutineNotVouched, message).at(at(range.first)),
        );
    }
    if word == "create"
        && ddl::makes_routine(own)
        && !full
        && let Err(refusal) = ddl::check_body(world, request, own)
    {
        return Routed::refused(refusal.at(at(range.first)));
    }
    if let Err(refusal) = ddl::check_made(world, request, own) {
        return Routed::refused(refusal);
    }
    let defining = matches!(word, "create" | "alter" | "drop");
    let Some(hit) = hit.or((defining && may_define(world, own)).then_some(0)) else {
        let reason = if faces.edits.is_empty() {
            Reason::NotWatched
        } else {
            Reason::NothingProtected
        };
        return Routed {
            edits: faces.edits,
            ..Routed::passes(reason)
        };
    };
    let hit = range.first + hit;
    match word {
        // Kinds that carry no data, whatever they name.
        "begin" | "start" | "commit" | "end" | "abort" | "rollback" | "savepoint" | "release"
        | "show" | "listen" | "unlisten" | "notify" | "deallocate" | "close" | "checkpoint"
        | "lock" | "vacuum" | "analyze" | "analyse" | "reindex" | "cluster" | "set" | "reset"
        | "discard" | "fetch" | "move" => Routed::passes(Reason::NoData),
        // Its arguments are expressions.
        "execute" => {
            if full || hit == range.first + 1 && own.len() == 2 {
                return Routed::passes(Reason::NoData);
            }
            let message = "an argument of EXECUTE that could reach protected tables";
            Routed::refused(Refusal::new(Fault::RoutineNotVouched, message).at(at(hit)))
        }
        "call"
            if own.iter().any(|token| {
                let mut vouched = world.protection.routines.iter();
                token
                    .name()
                    .is_some_and(|name| vouched.any(|one| one.signature.name == name))
            }) =>
        {
            analysed(world, request, tokens, (range, false), hit, faces)
        }
        "call" => {
            if full {
                return Routed::passes(Reason::NothingProtected);
            }
            let message = "a procedure that could reach protected tables unseen";
            Routed::refused(Refusal::new(Fault::RoutineNotVouched, message).at(at(hit)))
        }
        "prepare" | "declare" => {
            let message = "a cursor or prepared statement over a protected table";
            Routed::refused(Refusal::new(Fault::CursorRefused, message).at(at(hit)))
        }
        "copy" => copied(world, request, tokens, range, hit, faces),
        "create" if let Some(query) = ddl::query_of(world, request, tokens, range) => {
            analysed(world, request, tokens, (query, true), hit, faces)
        }
        "create" | "alter" | "drop" | "grant" | "revoke" | "comment" | "security" | "refresh"
        | "import" | "reassign" => match ddl::plan(world, request, tokens, range, made) {
            Ok(defined) => Routed::defined(defined),
            Err(refusal) => Routed::refused(refusal),
        },
        "select" | "with" | "values" | "insert" | "update" | "delete" | "truncate" | "explain"
        | "table" | "merge" | "" => analysed(world, request, tokens, (range, false), hit, faces),
        _ => {
            let message = "a kind of statement that is not known on a protected table";
            Routed::refused(Refusal::new(Fault::UnsupportedStatement, message).at(at(hit)))
        }
    }
}

/// Whether a definition can be of a table that the rules name, though nothing protected is named in it.
pub(super) fn may_define(world: &World, own: &[Token]) -> bool {
    let mut words = own.iter().take(6).filter_map(Token::name);
    let verb = words.next().unwrap_or_default();
    !world.protection.rules.is_empty()
        && (matches!(verb, "create" | "alter" | "drop")
            && words.any(|word| matches!(word, "table" | "index" | "schema"))
            || ddl::makes_table(own))
}

/// What must hold before a text that names something protected is read at all.
pub(super) fn guard(request: &Request<'_>) -> Result<(), Refusal> {
    let environment = request.environment;
    let encoding = environment
        .client_encoding
        .replace(['-', '_'], "")
        .to_ascii_uppercase();
    if !matches!(encoding.as_str(), "UTF8" | "UNICODE") {
        return Err(Refusal::new(
            Fault::EncodingUnsupported,
            "a protected table is used under another client_encoding",
        ));
    }
    if !request.environment.array_nulls {
        return Err(Refusal::new(
            Fault::AmbiguousText,
            "a protected table is used while array_nulls is off, under which the text of an array reads otherwise",
        ));
    }
    guard_backslash(request)
}

/// Without a backslash both settings read the text alike (FACTS 18); with one, a name may stand where a string seems to.
fn guard_backslash(request: &Request<'_>) -> Result<(), Refusal> {
    let environment = request.environment;
    if (!environment.standard_conforming_strings || environment.unsettled)
        && request.text.contains('\\')
    {
        return Err(Refusal::new(
            Fault::AmbiguousText,
            "a backslash while it is not certain how the server reads string constants",
        ));
    }
    Ok(())
}

/// SELECT INTO, which stands in the first SELECT of a set operation.
fn is_into(query: &sql::Query) -> bool {
    let mut body = &query.body;
    loop {
        match body {
            sql::Body::Select(select) => return select.into,
            sql::Body::Set { left, .. } => body = left,
            sql::Body::Query(query) => body = &query.body,
            sql::Body::Values(_) | sql::Body::Change(_) => return false,
        }
    }
}

pub(super) fn analysed(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    (range, makes): (Range, bool),
    hit: usize,
    faces: Faces,
) -> Routed {
    let mut analysis = Analysis::new(world, request, request.text, tokens);
    // Their names are written by the facade.
    for token in &faces.tokens {
        analysis.leaves.insert(*token, LeafState::Done);
    }
    analysis.whole = range;
    let result = guard(request).and_then(|()| {
        let reading =
            sql::read(request.text, tokens, range).map_err(|error| analysis.unread(error, hit))?;
        // Nothing comes back of what makes a table.
        analysis.derives = match &reading.statement {
            Statement::Query(query) => !makes && !is_into(query),
            Statement::Insert(_)
            | Statement::Update(_)
            | Statement::Delete(_)
            | Statement::Merge(_)
            | Statement::Call(_)
            | Statement::Truncate { .. }
            | Statement::Explain { .. } => false,
        };
        analysis.returns = match &reading.statement {
            Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => !makes,
            Statement::Query(_)
            | Statement::Merge(_)
            | Statement::Call(_)
            | Statement::Truncate { .. }
            | Statement::Explain { .. } => false,
        };
        let columns = analysis.change(&reading.statement, None)?;
        if analysis.unknown_width && !analysis.tables.is_empty() {
            let message = "* over a relation whose columns are not known, beside a protected table";
            return Err(analysis.refusal(Fault::Unparsed, message, Some(hit)));
        }
        let makes = makes || analysis.makes;
        if makes {
            let Statement::Query(_) = &reading.statement else {
                let message = "a table made from something else than a query";
                return Err(analysis.refusal(Fault::UnsupportedStatement, message, Some(hit)));
            };
            analysis.made(&columns, makes_temporary(tokens, range))?;
        }
        let queries = matches!(reading.statement, Statement::Query(_));
        let rows = !makes && (queries || !columns.is_empty());
        let outputs = analysis.outputs(if makes { Vec::new() } else { columns })?;
        analysis.within_budget()?;
        if !analysis.tables.is_empty() {
            analysis.is_of_catalog(range)?;
        }
        Ok((rows.then_some(outputs), None))
    });
    finished(analysis, result, faces)
}

/// COPY.
fn copied(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    range: Range,
    hit: usize,
    faces: Faces,
) -> Routed {
    let mut analysis = Analysis::new(world, request, request.text, tokens);
    for token in &faces.tokens {
        analysis.leaves.insert(*token, LeafState::Done);
    }
    let result = guard(request).and_then(|()| {
        let copy = sql::read_copy(tokens, range).map_err(|error| analysis.unread(error, hit))?;
        let plan = analysis.copy(&copy, range)?;
        analysis.within_budget()?;
        if !analysis.tables.is_empty() {
            analysis.is_of_catalog(range)?;
        }
        Ok((None, plan))
    });
    finished(analysis, result, faces)
}

type Treated = (Option<Arc<[super::Output]>>, Option<CopyPlan>);

fn finished(mut analysis: Analysis<'_>, result: Result<Treated, Refusal>, faces: Faces) -> Routed {
    let shown = faces.edits;
    match result {
        Err(refusal) => Routed {
            stale: analysis.stale,
            ..Routed::refused(refusal)
        },
        // Its names stay what they were found to be, whatever happens before the server reads them.
        Ok(_) if analysis.tables.is_empty() => Routed {
            edits: analysis.edits.into_iter().chain(shown).collect(),
            uses: analysis.uses,
            ..Routed::passes(Reason::NothingProtected)
        },
        Ok((outputs, copy)) => Routed {
            outcome: Outcome::Planned,
            outputs,
            copy,
            derived: analysis.derived.take().map(Arc::new),
            touches: analysis.touches.into_iter().collect(),
            writes: analysis.writes,
            guesses: analysis.guesses,
            edits: analysis.edits.into_iter().chain(shown).collect(),
            uses: analysis.uses,
            stale: false,
            defines: false,
            after: Vec::new(),
            change: None,
            inner: None,
        },
    }
}
