using AngleSharp.Html.Parser;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Figures;

/// <summary>Somebody of the plant: where they work, which post they hold at which unit or Party organisation, and how they get in.</summary>
/// <param name="StandsInFor">Code of the unit as whose member others see, move and disable them.</param>
public sealed record Player(string Number, string Name, string Department, string Crew = "", string? Post = null, string? At = null, string? StandsInFor = null)
{
    public Guid PersonId { get; init; }
    public Guid UnitId { get; init; }
    public string Token { get; init; } = "";
    public string Password => "每天巡检三遍 " + new string([.. Number.Reverse()]);
}

/// <summary>
/// A small group with two plants, filled once through the product's own doors (import, commands, HTTP) and copied for each figure.
/// <code>
/// 10 北河集团
///   11 清江电厂            厂长 副厂长 安全专责 党务专责 职工代表 纪检专责
///     1101 发电部          主任 副主任
///       110101 一值        值长, three without a post
///       110102 二值        one without a post
///     1102 检修部          主任
///       110201 锅炉班      one without a post
///   12 远山电厂
///     1201 远山运行部      one without a post
/// Each of the units but the group has somebody who stands in for its people.
/// Party: DW 清江党委 covers 清江电厂; DZ 发电党支部 covers 发电部; DX 一值党小组
/// </code>
/// </summary>
public sealed class Plant : IAsyncDisposable
{
    public const string Group = "10", First = "11", Second = "12", Operations = "1101", Repair = "1102", ShiftOne = "110101", ShiftTwo = "110102", Boilers = "110201", Far = "1201",
        Committee = "DW", Branch = "DZ", Cell = "DX";

    static readonly (string Code, string Name, string Above, string Kind)[] Units =
    [
        (Group, "北河集团", "", "公司"), (First, "清江电厂", Group, "厂"), (Second, "远山电厂", Group, "厂"), ("1100", "清江厂部", First, "部门"),
        (Operations, "发电部", First, "部门"), (ShiftOne, "一值", Operations, "班组"), (ShiftTwo, "二值", Operations, "班组"),
        (Repair, "检修部", First, "部门"), (Boilers, "锅炉班", Repair, "班组"), (Far, "远山运行部", Second, "部门"),
    ];

    static readonly (string Code, string Name, string Above, string Kind, string Covers)[] Parties =
        [(Committee, "清江党委", "", "党委", "清江电厂"), (Branch, "发电党支部", Committee, "党支部", "发电部"), (Cell, "一值党小组", Branch, "党小组", "")];

    static readonly Player[] Cast =
    [
        new("000101", "赵厂", "清江厂部", Post: Posts.PlantHead, At: First), new("000102", "钱副", "清江厂部", Post: Posts.DeputyHead, At: First),
        new("000103", "孙安", "清江厂部", Post: Posts.SafetyOfficer, At: First), new("000104", "李党", "清江厂部", Post: Posts.PartyAffairs, At: First),
        new("000105", "周工", "清江厂部", Post: Posts.UnionRepresentative, At: First), new("000106", "吴纪", "清江厂部", Post: Posts.Discipline, At: First),
        new("000107", "郑书", "清江厂部", Post: Posts.CommitteeSecretary, At: Committee),
        new("000111", "王任", "发电部", Post: Posts.DepartmentHead, At: Operations), new("000112", "冯副", "发电部", Post: Posts.DepartmentDeputy, At: Operations),
        new("000113", "陈支", "发电部", Post: Posts.Secretary, At: Branch), new("000114", "褚支", "发电部", Post: Posts.DeputySecretary, At: Branch),
        new("000115", "卫委", "发电部", Post: Posts.CommitteeMember, At: Branch), new("000116", "蒋组", "发电部", "一值", Posts.GroupLead, Cell),
        new("000121", "沈值", "发电部", "一值", Posts.CrewLead, ShiftOne), new("000122", "韩员", "发电部", "一值"), new("000123", "杨员", "发电部", "一值"),
        new("000124", "朱员", "发电部", "二值"), new("000131", "秦任", "检修部", Post: Posts.DepartmentHead, At: Repair), new("000132", "尤员", "检修部", "锅炉班"),
        new("000125", "曹员", "发电部", "一值"), new("000201", "许员", "远山运行部"),
        Double("000301", "替厂", "清江厂部", "", First), Double("000302", "替远", "远山运行部", "", Second), Double("000303", "替发", "发电部", "", Operations),
        Double("000304", "替检", "检修部", "", Repair), Double("000305", "替一", "发电部", "一值", ShiftOne), Double("000306", "替二", "发电部", "二值", ShiftTwo),
        new("000901", "何系", "清江厂部", Post: Posts.SystemAdministrator, At: Group), new("000902", "吕安", "清江厂部", Post: Posts.SecurityAdministrator, At: Group),
        new("000903", "施审", "清江厂部", Post: Posts.AuditAdministrator, At: Group),
    ];

    static Player Double(string number, string name, string department, string crew, string unit) => new(number, name, department, crew, Posts.UnionRepresentative, unit, unit);

    readonly SemaphoreSlim _oneAtATime = new(1);
    Site? _template;
    IReadOnlyList<Player> _players = [];
    IReadOnlyDictionary<string, Guid> _nodes = new Dictionary<string, Guid>();

    /// <summary>With ids and tokens; known once a site has been made.</summary>
    public IReadOnlyList<Player> Players => _players;
    public Player Holder(string post) => _players.First(player => player.Post == post);
    public Player Worker => Named("韩员");
    public Player Officer => Holder(Posts.SafetyOfficer);
    public Player Named(string name) => _players.First(player => player.Name == name);
    /// <summary>A unit or Party organisation by its code.</summary>
    public Guid Node(string code) => _nodes[code];

    /// <summary>The product in a copy of the plant, running.</summary>
    public async Task<Site> StartAsync(CancellationToken cancel = default)
    {
        var site = new Site((await TemplateAsync(cancel)).Folder);
        try
        {
            await site.StartAsync(cancel);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_template is not null) await _template.DisposeAsync();
        _oneAtATime.Dispose();
    }

    async Task<Site> TemplateAsync(CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            return _template ??= await FillAsync(cancel);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    async Task<Site> FillAsync(CancellationToken cancel)
    {
        var site = new Site();
        try
        {
            await site.StartAsync(cancel);
            await ImportAsync(site, cancel);
            foreach (var (post, word) in new[] { (Posts.SystemAdministrator, "system"), (Posts.SecurityAdministrator, "security"), (Posts.AuditAdministrator, "audit") })
            {
                var holder = Cast.First(player => player.Post == post);
                await site.MustCommandAsync(["user", "add", "--number", holder.Number, "--administrator", word, "--password", "-"], holder.Password, cancel);
            }
            await PeopleAsync(site, cancel);
            await site.StopAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    static async Task ImportAsync(Site site, CancellationToken cancel)
    {
        var (org, people) = (Path.Combine(site.Folder, "org.xlsx"), Path.Combine(site.Folder, "roster.csv"));
        await using (var file = File.Create(org))
        await using (var writer = new SheetWriter(file))
        {
            writer.Sheet("行政组织", [.. new[] { "编码", "名称", "上级编码", "类型" }.Select(title => new SheetColumn(title))]);
            foreach (var (code, name, above, kind) in Units) writer.Row().Text(code).Text(name).Text(above).Text(kind);
            writer.Sheet("党组织", [.. new[] { "编码", "名称", "上级编码", "类型", "覆盖部门" }.Select(title => new SheetColumn(title))]);
            foreach (var (code, name, above, kind, covers) in Parties) writer.Row().Text(code).Text(name).Text(above).Text(kind).Text(covers);
        }
        await File.WriteAllLinesAsync(people, ["工号,姓名,部门,班组", .. Cast.Select(player => $"{player.Number},{player.Name},{player.Department},{player.Crew}")], cancel);
        await site.MustCommandAsync(["import", "org", org, "--json"], cancel: cancel);
        await site.MustCommandAsync(["import", "people", people, "--json"], cancel: cancel);
    }

    /// <summary>Accounts, posts and tokens, as the security administrator and the people themselves make them.</summary>
    async Task PeopleAsync(Site site, CancellationToken cancel)
    {
        var security = Cast.First(player => player.Post == Posts.SecurityAdministrator);
        using var desk = await Browser.OfAsync(site.Address, security.Number, security.Password);
        using var clerk = new Caller(site.Address, await MakeTokenAsync(desk));
        var known = (await clerk.GetAsync("/api/v1/people?limit=200", cancel)).Must().Json.GetProperty("rows").EnumerateArray()
            .ToDictionary(row => row.GetProperty("number").GetString()!, row => row.GetProperty("id").GetGuid());
        _nodes = (await clerk.GetAsync("/api/v1/units?limit=200", cancel)).Must().Json.GetProperty("rows").EnumerateArray()
            .ToDictionary(row => row.GetProperty("code").GetString()!, row => row.GetProperty("id").GetGuid());
        var units = Units.ToDictionary(unit => unit.Name, unit => _nodes[unit.Code]);
        _players = await Task.WhenAll(Cast.Select(async player =>
        {
            var found = player with { PersonId = known[player.Number], UnitId = units[player.Crew.Length > 0 ? player.Crew : player.Department] };
            return Posts.IsAdministrator(player.Post ?? "") ? await EnterAsync(site, found, found.Password) : await AdmitAsync(site, clerk, found, cancel);
        }));
    }

    async Task<Player> AdmitAsync(Site site, Caller clerk, Player player, CancellationToken cancel)
    {
        var first = (await clerk.PostAsync($"/api/v1/accounts/{player.PersonId}", new { }, cancel: cancel)).Must(201).Json.GetProperty("password").GetString()!;
        if (player is { Post: { } post, At: { } at })
            (await clerk.PostAsync("/api/v1/appointments", new { personId = player.PersonId, nodeId = Node(at), post, from = "2025-01-01" }, cancel: cancel)).Must(201);
        return await EnterAsync(site, player, first);
    }

    static async Task<Player> EnterAsync(Site site, Player player, string password)
    {
        using var browser = await Browser.OfAsync(site.Address, player.Number, password);
        if (password != player.Password)
            (await browser.SubmitAsync("/me/password", new() { ["Current"] = password, ["Wanted"] = player.Password, ["Repeated"] = player.Password })).Must(302);
        return player with { Token = await MakeTokenAsync(browser) };
    }

    static async Task<string> MakeTokenAsync(Browser browser)
    {
        var answer = (await browser.SubmitAsync("/me/tokens", new() { ["id"] = Guid.CreateVersion7().ToString(), ["Title"] = "演练", ["Days"] = "30" }, "Make")).Must(200);
        return (await new HtmlParser().ParseDocumentAsync(answer.Text)).QuerySelector("code.secret")?.TextContent ?? throw new InvalidOperationException("No token was shown.");
    }
}
