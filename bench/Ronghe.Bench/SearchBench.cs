using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Data;

namespace Ronghe.Bench;

/// <summary>
/// Search at 1,000,000 findings, 50,400 units and 99,900 people: words common and rare, in a crew, a plant and the company. Ours is the
/// time that the call waits for the database, planning included; the baseline is the plain way to ask the same, <c>like '%…%'</c> within
/// the same units, newest first.
/// </summary>
static class SearchBench
{
    const int Rounds = 9, BaselineRounds = 3, Most = 30;

    static readonly (string What, string Text)[] Words =
    [
        ("every third", "护栏"), ("one in a hundred", "给煤机"), ("20 of all", "氢冷器"), ("two together", "护栏 松动"), ("never together", "护栏 阀门"),
        ("common, not in my plant", "锅炉房"), ("only old ones", "外委施工"), ("number, beginning", "YH-77777"), ("pinyin", "hulan"), ("nothing", "核反应堆"),
    ];

    public static async Task<bool> RunAsync(Stage stage)
    {
        var address = await stage.DatabaseAsync();
        var region = new Region(address.Owner);
        await region.FillAsync();
        var ok = await IndexAsync(address);
        ok &= await SettleAsync(address);
        await Names.GiveAsync(address);
        await Sql.RunAsync(address.Owner, "vacuum analyze finding_words, finding_word_blocks, findings, people, nodes");
        await using var product = await Host.StartAsync(address, stage.Folder, 18343);
        await using var bare = NpgsqlDataSource.Create(address.App);
        foreach (var (whose, reach) in new[] { ("company", region.Company), ("plant", region.Plant), ("crew", region.Crew) })
            foreach (var (what, text) in Words)
                ok &= await CompareAsync($"{what}, {whose}", bare, text, region.Company, reach,
                    () => AskAsync(product.Services, region, reach, services => services.GetRequiredService<FindingQueries>().ListAsync(new() { Text = text })));
        ok &= await FiltersAsync(product.Services, bare, region);
        ok &= await DirectoryAsync(product.Services, bare, region);
        return ok & await NewFindingAsync(address);
    }

    /// <summary>Together with a filter, and from the middle of the list on.</summary>
    static async Task<bool> FiltersAsync(IServiceProvider services, NpgsqlDataSource bare, Region region)
    {
        var ok = true;
        var middle = new Cursor(TimeProvider.System.GetUtcNow().AddDays(-180), region.Plant).ToString();
        foreach (var (what, filter) in new (string, FindingFilter)[]
        {
            ("every third, one state, company", new() { Text = "护栏", Status = FindingStatus.Reported }),
            ("every third, supervised, company", new() { Text = "护栏", Supervised = true }),
            ("every third, deep page, company", new() { Text = "护栏", After = middle }),
            ("every third, page back, company", new() { Text = "护栏", Before = middle }),
        })
            ok &= await CompareAsync(what, bare, "护栏", region.Company, region.Company,
                () => AskAsync(services, region, region.Company, scope => scope.GetRequiredService<FindingQueries>().ListAsync(filter)));
        return ok;
    }

    static async Task<bool> DirectoryAsync(IServiceProvider services, NpgsqlDataSource bare, Region region)
    {
        var ok = true;
        foreach (var (what, text) in new[] { ("surname", "王"), ("two characters", "建国"), ("initials", "wjg"), ("pinyin", "zhang"), ("number, beginning", "4500") })
            ok &= await CompareAsync($"people: {what}", bare, "select id from people where name like @text or number like @text order by number limit 9", text,
                () => AskAsync(services, region, region.Crew, scope => scope.GetRequiredService<PeopleQueries>().FindAsync(text, 9)));
        foreach (var (what, text) in new[] { ("every crew", "班组"), ("one plant", "电厂450"), ("initials", "dc") })
            ok &= await CompareAsync($"units: {what}", bare, "select id from nodes where name like @text or code like @text order by code limit 9", text,
                () => AskAsync(services, region, region.Crew, scope => scope.GetRequiredService<TreeQueries>().FindAsync(null, text, 9)));
        return ok;
    }

    static Task<bool> CompareAsync(string what, NpgsqlDataSource bare, string text, Guid company, Guid reach, Func<Task> ours) =>
        CompareAsync("search: " + what, bare, company == reach
            ? Plain("company_id = @company")
            : Plain("unit_id in (select descendant_id from node_closure where ancestor_id = @reach)"), text, ours, ("company", company), ("reach", reach));

    static string Plain(string scope) => $"""
        select id, number, description from findings where {scope} and (description like @text or place_text like @text or number like @text)
        order by reported_at desc, id desc limit 51
        """;

    static async Task<bool> CompareAsync(string what, NpgsqlDataSource bare, string sql, string text, Func<Task> ours, params (string Name, Guid Value)[] parameters)
    {
        using var database = new DatabaseTime();
        var mine = await MedianAsync(Rounds, async () =>
        {
            database.Milliseconds = 0;
            await ours();
        }, () => database.Milliseconds);
        var theirs = await MedianAsync(BaselineRounds, async () =>
        {
            await using var command = bare.CreateCommand(sql);
            command.Parameters.AddWithValue("text", $"%{text}%");
            foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) { }
        });
        return Line.Print(what, $"{mine:0.0} ms", $"{theirs:0.0} ms", mine / theirs, $"<= {Most} ms", mine <= Most);
    }

    static async Task AskAsync(IServiceProvider services, Region region, Guid reach, Func<IServiceProvider, Task> ask)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(new Me(Guid.CreateVersion7(), "测量")
        {
            CompanyId = region.Company, UnitId = reach,
            Reach = new Dictionary<string, Guid[]> { [FindingPermissions.View] = [reach], [OrganisationPermissions.View] = [reach] }.ToFrozenDictionary(),
        });
        await ask(scope.ServiceProvider);
    }

    /// <param name="time">What the act took, when not all of its time counts.</param>
    static async Task<double> MedianAsync(int rounds, Func<Task> act, Func<double>? time = null)
    {
        await act();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await act();
            times.Add(time?.Invoke() ?? Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times.Order().ElementAt(rounds / 2);
    }

    /// <summary>The million of findings without words that a first start after the upgrade would meet.</summary>
    static async Task<bool> IndexAsync(DatabaseAddress address)
    {
        await using var db = AppDb.Open(address.App);
        db.Database.SetCommandTimeout(0);
        var start = Stopwatch.GetTimestamp();
        var filled = await FindingIndexing.FillAsync(db);
        var rate = filled / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return Line.Print("making 1,000,000 old findings findable", $"{rate:0} /s", "-", 0, ">= 4000 /s", rate >= 4000 && filled == Region.Findings);
    }

    /// <summary>The account of words that a night would have to keep for the whole year at once; a usual night reads one block at most.</summary>
    static async Task<bool> SettleAsync(DatabaseAddress address)
    {
        await using var db = AppDb.Open(address.App);
        var start = Stopwatch.GetTimestamp();
        var blocks = await new FindingBlocks(db, TimeProvider.System).SettleAsync();
        var each = Stopwatch.GetElapsedTime(start).TotalMilliseconds / Math.Max(1, blocks);
        return Line.Print($"keeping account of four days' words, {blocks} times", $"{each:0} ms", "-", 0, "<= 500 ms", each <= 500 && blocks > 80);
    }

    /// <summary>What being findable adds to a new finding: the row with its index, against the same row without any.</summary>
    static async Task<bool> NewFindingAsync(DatabaseAddress address)
    {
        const int rows = 5000;
        await Sql.RunAsync(address.Owner, "create table bare_words (like finding_words); create table taken as select * from finding_words order by finding_id limit 5000; delete from finding_words where finding_id in (select finding_id from taken)");
        async Task<double> InsertAsync(string table)
        {
            var start = Stopwatch.GetTimestamp();
            await Sql.RunAsync(address.Owner, $"""
                do $$ declare one record; begin for one in select * from taken loop insert into {table} select one.finding_id, one.words, one.scope; end loop; end $$
                """);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows;
        }
        var (theirs, ours) = (await InsertAsync("bare_words"), await InsertAsync("finding_words"));
        return Line.Print("making one new finding findable", $"{ours:0} µs", $"{theirs:0} µs", ours / theirs, "<= 250 µs", ours <= 250);
    }
}

/// <summary>Names that people and units could have, with the tokens that the product makes of them.</summary>
static class Names
{
    const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧";
    static readonly string[] Given = ["建国", "志强", "秀英", "丽", "伟", "敏", "国强", "晓燕", "海", "静", "磊", "洋", "艳", "勇", "军", "杰", "涛", "明", "超", "桂英"];

    public static async Task GiveAsync(DatabaseAddress address)
    {
        await using var connection = new NpgsqlConnection(address.Owner);
        await connection.OpenAsync();
        foreach (var (table, code, rename) in new[] { ("people", "number", true), ("nodes", "code", false) })
        {
            var rows = new List<(Guid Id, string Name, string Code)>();
            await using (var command = new NpgsqlCommand($"select id, name, {code} from {table}", connection))
            await using (var reader = await command.ExecuteReaderAsync())
                while (await reader.ReadAsync()) rows.Add((reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
            await Sql.RunAsync(address.Owner, $"create table given_{table} (id uuid, name text, tokens text[])");
            await using (var import = await connection.BeginBinaryImportAsync($"copy given_{table} from stdin (format binary)"))
            {
                for (var at = 0; at < rows.Count; at++)
                {
                    var name = rename ? $"{Surnames[at * 7 % Surnames.Length]}{Given[at / 3 % Given.Length]}" : rows[at].Name;
                    await import.WriteRowAsync(default, rows[at].Id, name, Platform.Search.SearchTokens.ForName(name, rows[at].Code));
                }
                await import.CompleteAsync();
            }
            await Sql.RunAsync(address.Owner, $"update {table} t set name = g.name, search_tokens = g.tokens from given_{table} g where g.id = t.id");
        }
    }
}
