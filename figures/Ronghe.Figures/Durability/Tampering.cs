using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ronghe.Platform.Journal;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Figures.Durability;

/// <summary>
/// R-05: somebody with every right in the database alters, adds and removes rows of the journal, of its seals and of the records, one
/// at a time; each is looked for by the product's own check and undone again.
/// </summary>
public sealed class Tampering() : Figure("R-05", isShort: true)
{
    const int Usual = 10_000, Short = 200, Writes = 240, Photos = 6;

    /// <summary>Worked out from other columns, and JSON that the database writes anew: no digest covers them.</summary>
    static readonly string[] Uncovered = ["search_tokens", "choices", "report", "counts"];

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var count = run.CountOr(run.IsShort ? Short : Usual);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var writes = new Writes(run.Plant.Worker.Token, run.Plant.Officer.Token);
        await writes.WriteAsync(site, Writes, 4, _ => { });
        await PhotographAsync(site, run.Plant.Worker.Token, writes.Ids.Take(Photos), run.Cancel);
        await SealedAsync(site, run.Cancel);
        await using var product = Ronghe.Program.Build(WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "ronghe", ContentRootPath = AppContext.BaseDirectory }), (await site.DatabaseAsync(run.Cancel)).App, Path.Combine(site.Folder, "check"));
        await using var db = AppDb.Open((await site.DatabaseAsync(run.Cancel)).Owner);
        var catalogue = product.Services.GetRequiredService<JournalCatalogue>();
        var kept = (await db.JournalSeals.AsNoTracking().OrderBy(seal => seal.Number).ToListAsync(run.Cancel)).ConvertAll(seal => new KeptSeal(seal.Number, Convert.ToHexStringLower(seal.Hash)));
        await FreeAsync(db, run.Cancel);
        tally.MustSee(await JournalHoldsAsync(db, kept, run.Cancel), "the untouched journal does not verify");
        tally.MustSee((await new RecordCheck(db, catalogue).RunAsync(cancel: run.Cancel)).Holds, "the untouched records do not verify");

        var dice = new Random(20261121);
        var (journal, records, idle) = (0, 0, 0);
        var attacks = await JournalAttacksAsync(db, run.Cancel);
        var subjects = await RecordAttacksAsync(db, catalogue, run.Cancel);
        for (var at = 0; at < count; at++)
        {
            var (sql, subject) = at % 2 == 0 ? attacks[dice.Next(attacks.Count)] : subjects[dice.Next(subjects.Count)];
            await using var undone = await db.Database.BeginTransactionAsync(run.Cancel);
            if (await db.Database.ExecuteSqlRawAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, dice.NextDouble().ToString("0.000000", System.Globalization.CultureInfo.InvariantCulture)), run.Cancel) == 0)
            {
                idle++;
                continue;
            }
            var isFound = subject is null ? !await JournalHoldsAsync(db, [], run.Cancel) : !await RecordsHoldAsync(db, subject, run.Cancel);
            tally.Holds(isFound, $"not found: {sql}");
            if (subject is null) journal++;
            else records++;
        }
        tally.MustSee(journal > count / 4 && records > count / 4, $"only {journal} and {records} changes took hold");
        var cut = await CutAsync(db, kept, tally, run.Cancel);
        tally.Load = $"{await db.Journal.CountAsync(run.Cancel)} rows in {kept.Count} seals";
        tally.Faults = $"{journal} changes of journal and seals, {records} of records, {cut} ends cut off";
        tally.Remark = $"{idle} changes had nothing to change; cut ends found only with seals kept elsewhere";
    }

    static async Task SealedAsync(Site site, CancellationToken cancel)
    {
        for (var waited = 0; waited < 120; waited++)
        {
            if (await site.ValueAsync<bool>("select not exists (select from journal j where not exists (select from journal_seals s where (s.to_xid, s.to_seq) >= (j.xid, j.seq)))", cancel)) return;
            await Task.Delay(500, cancel);
        }
        throw new TimeoutException("The journal was not sealed within a minute.");
    }

    /// <summary>Keys between tables would refuse some changes; whoever tampers takes them off first.</summary>
    static Task FreeAsync(AppDb db, CancellationToken cancel) => db.Database.ExecuteSqlRawAsync("""
        do $$ declare fk record; begin
            for fk in select conrelid::regclass t, conname n from pg_constraint where contype = 'f' and conparentid = 0 loop
                execute format('alter table %s drop constraint %I', fk.t, fk.n);
            end loop;
        end $$
        """, cancel);

    static async Task<bool> JournalHoldsAsync(AppDb db, IReadOnlyList<KeptSeal> kept, CancellationToken cancel)
    {
        var reading = new JournalReading(db);
        var began = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        try
        {
            return (await new SealWalk(await reading.SealsAsync(cancel), kept).RunAsync(reading.RowsAsync(cancel))).Holds;
        }
        finally
        {
            if (began is not null) await began.DisposeAsync();
        }
    }

    /// <summary>A value that cannot even be read counts as found.</summary>
    static async Task<bool> RecordsHoldAsync(AppDb db, JournalSubject subject, CancellationToken cancel)
    {
        try
        {
            return (await new RecordCheck(db, new JournalCatalogue([subject])).RunAsync(cancel: cancel)).Holds;
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or InvalidCastException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Each column of a random row altered; a row gone, doubled, changed with its neighbour; the same with seals. {0} is a random share.</summary>
    static async Task<List<(string Sql, JournalSubject? Subject)>> JournalAttacksAsync(AppDb db, CancellationToken cancel)
    {
        const string row = "where seq = (select seq from journal order by seq offset (select (count(*) * {0})::int from journal) limit 1)", seal = "where number = (select 1 + (max(number) * {0})::int % max(number) from journal_seals)";
        var attacks = (await ColumnsAsync(db, "journal", cancel)).Where(column => column.Name is not "seq").Select(column => $"update journal set {column.Name} = {column.Other} {row}").ToList();
        attacks.AddRange([
            $"delete from journal {row}",
            $"insert into journal (at, actor_id, node_id, subject_kind, subject_id, subject_version, event, data, xid) select at, actor_id, node_id, subject_kind, subject_id, subject_version, event, data, xid from journal {row}",
            $"update journal_seals set hash = sha256(hash) {seal}", $"update journal_seals set rows = rows + 1 {seal}", $"update journal_seals set to_seq = to_seq - 1 {seal}",
            $"update journal_seals set number = number + 100000 {seal}",
        ]);
        return attacks.ConvertAll(attack => (attack, (JournalSubject?)null));
    }

    /// <summary>Each column of each kind of record that the plant has and of its parts; one gone, one made.</summary>
    static async Task<List<(string Sql, JournalSubject? Subject)>> RecordAttacksAsync(AppDb db, JournalCatalogue catalogue, CancellationToken cancel)
    {
        var attacks = new List<(string, JournalSubject?)>();
        foreach (var subject in catalogue.Subjects.Where(subject => subject.Record is not null))
        {
            var type = db.Model.FindEntityType(subject.Record!)!;
            var (table, mine) = (type.GetTableName()!, type.GetProperties().Select(property => property.GetColumnName()).ToHashSet());
            var only = type.FindDiscriminatorProperty() is { } kind ? $"{kind.GetColumnName()} = '{type.GetDiscriminatorValue()}'" : "true";
            if (!await HasRowsAsync(db, $"{table} where {only}", cancel)) continue;
            var row = $"where id = (select id from {table} where {only} order by id offset (select (count(*) * {{0}})::int from {table} where {only}) limit 1)";
            foreach (var column in await ColumnsAsync(db, table, cancel))
                if (mine.Contains(column.Name) && !Uncovered.Contains(column.Name)) attacks.Add(($"update {table} set {column.Name} = {column.Other} {row}", subject));
            attacks.Add(($"delete from {table} {row}", subject));
            foreach (var part in RecordParts.Of(type)) attacks.AddRange((await PartAttacksAsync(db, part, cancel)).Select(attack => (attack, (JournalSubject?)subject)));
        }
        return attacks;
    }

    /// <summary>Each column of a step, a photo or another part of a record; one gone, one added.</summary>
    static async Task<List<string>> PartAttacksAsync(AppDb db, PartKind part, CancellationToken cancel)
    {
        var table = part.Type.GetTableName()!;
        if (!await HasRowsAsync(db, table, cancel)) return [];
        var keys = part.Type.FindPrimaryKey()!.Properties.Where(property => property != part.Owner).Select(property => $"'{property.GetColumnName()}', gen_random_uuid()");
        var row = $"where ctid = (select ctid from {table} order by ctid offset (select (count(*) * {{0}})::int from {table}) limit 1)";
        return [.. (await ColumnsAsync(db, table, cancel)).Select(column => $"update {table} set {column.Name} = {column.Other} {row}"), $"delete from {table} {row}",
            $"insert into {table} select (jsonb_populate_record(null::{table}, to_jsonb(t) || jsonb_build_object({string.Join(", ", keys)}))).* from {table} t {row}"];
    }

    static Task<bool> HasRowsAsync(AppDb db, string rows, CancellationToken cancel)
    {
        var asked = $"select exists (select from {rows}) as \"Value\"";
        return db.Database.SqlQueryRaw<bool>(asked).SingleAsync(cancel);
    }

    static async Task PhotographAsync(Site site, string token, IEnumerable<Guid> findings, CancellationToken cancel)
    {
        using var author = new Caller(site.Address, token);
        foreach (var id in findings)
        {
            var photo = new ByteArrayContent(await TestImages.JpegAsync(TestImages.Quarters(40, 30))) { Headers = { ContentType = new("image/jpeg") } };
            using var form = new MultipartFormDataContent { { photo, "photos", "现场.jpg" } };
            (await author.SendAsync(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before", form, cancel: cancel)).Must();
        }
    }

    /// <param name="Other">An expression for a value that the column does not hold.</param>
    sealed record Column(string Name, string Other);

    static async Task<List<Column>> ColumnsAsync(AppDb db, string table, CancellationToken cancel)
    {
        var columns = new List<Column>();
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("select column_name, case data_type when 'ARRAY' then udt_name else data_type end from information_schema.columns where table_schema = 'public' and table_name = @table", (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.AddWithValue("table", table);
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                columns.Add(new(reader.GetString(0), Other(reader.GetString(0), reader.GetString(1))));
        await db.Database.CloseConnectionAsync();
        return columns;
    }

    static string Other(string name, string type) => type switch
    {
        "uuid" => "gen_random_uuid()",
        "integer" or "bigint" or "smallint" or "numeric" or "double precision" => $"coalesce({name}, 0) + 1",
        "boolean" => $"not {name}",
        "timestamp with time zone" => $"coalesce({name}, now()) + interval '1 microsecond'",
        "date" => $"coalesce({name}, current_date) + 1",
        "jsonb" => $"{name} || jsonb_build_object('x', random())",
        "bytea" => $"sha256(coalesce({name}, 'x'))",
        "xid8" => $"({name}::text::bigint - 1)::text::xid8",
        "_uuid" => $"array_append({name}, gen_random_uuid())",
        "_int4" or "_numeric" => $"array_append({name}, 77)",
        "_timestamptz" => $"array_append({name}, now())",
        "time without time zone" => $"coalesce({name}, '00:00') + interval '1 minute'",
        "_text" => $"array_append({name}, '一')",
        _ => $"coalesce({name}, '') || '一'",
    };

    /// <summary>The journal and its seals end where they once did: only seals kept elsewhere can tell.</summary>
    static async Task<int> CutAsync(AppDb db, IReadOnlyList<KeptSeal> kept, Tally tally, CancellationToken cancel)
    {
        for (var last = 1; last < kept.Count; last++)
        {
            await using var undone = await db.Database.BeginTransactionAsync(cancel);
            await db.Database.ExecuteSqlAsync($"delete from journal where (xid, seq) > (select to_xid, to_seq from journal_seals where number = {last})", cancel);
            await db.Database.ExecuteSqlAsync($"delete from journal_seals where number > {last}", cancel);
            tally.MustSee(await JournalHoldsAsync(db, [], cancel), "a cut end was found without any seal kept elsewhere: the cut was not clean");
            tally.Holds(!await JournalHoldsAsync(db, kept, cancel), $"the journal cut off after seal {last} was not found");
        }
        return kept.Count - 1;
    }
}
