using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;

namespace Ronghe.Tests.Architecture;

/// <summary>Documents written from the code itself. Run the tests with RONGHE_WRITE_DOCS=1 to write them anew.</summary>
public class GeneratedDocsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public void The_state_diagram_shows_what_the_code_allows() => Holds("docs/generated/finding-states.md", FindingStatesDocument());

    [Fact]
    public async Task The_table_of_permissions_shows_who_gets_through_which_door() => Holds("docs/generated/permissions.md", PermissionsDocument(await Doors.OfAsync(app)));

    string PermissionsDocument(IEnumerable<Door> doors)
    {
        var rights = app.Services.GetRequiredService<PostRights>();
        string Holders(string right) => rights.OfEveryone.Contains(right)
            ? "所有登录的人"
            : string.Join('、', Posts.All.Where(post => rights.Of(post.Key).Contains(right)).Select(post => post.Title)) is { Length: > 0 } titles ? titles : "（没有职务）";
        var names = rights.Catalogue.ToDictionary(permission => permission.Key, permission => permission.Title);
        var text = new StringBuilder("# 权限表\n\n由代码中的路由、权限和职务生成，不要手改。权限随任职取得，只在任职到达的单位里有效；门后还会按记录再查一次。\n\n");
        text.Append("## 权限归谁\n\n| 权限 | 代号 | 哪些职务有 |\n|---|---|---|\n");
        foreach (var (key, title) in names) text.Append($"| {title} | `{key}` | {Holders(key)} |\n");
        text.Append("\n## 每扇门要什么权限\n\n“再确认”：办这件事前，十分钟内没有确认过的人要再输入密码或验证码。\n\n| 地址 | 方法 | 权限 | 谁能进 | 再确认 |\n|---|---|---|---|---|\n");
        var lines = from door in doors.OrderBy(door => !door.IsPage).ThenBy(door => door.Route, StringComparer.Ordinal)
                    let method = door.IsPage ? "网页" : string.Join(' ', door.Methods)
                    select door.Right is { } right ? $"| `{door.Route}` | {method} | {names[right]} | {Holders(right)} | {Again(door)} |\n" : $"| `{door.Route}` | {method} | 不用登录 | 任何人 | |\n";
        foreach (var line in lines.Distinct()) text.Append(line);
        return text.ToString();
    }

    static string Again(Door door) => door.StepUp switch { null => "", [] => "是", var acts => string.Join('、', acts) };

    static string FindingStatesDocument()
    {
        var text = new StringBuilder("# 隐患闭环：状态与办理\n\n由代码中的同一张表生成（`FindingStates.Possible`），不要手改。\n\n```mermaid\nstateDiagram-v2\n");
        foreach (var status in Enum.GetValues<FindingStatus>()) text.Append($"    {status} : {status.Title()}\n");
        text.Append("    [*] --> Reported : 上报\n");
        foreach (var (from, verb, to) in Moves) text.Append($"    {from} --> {to} : {verb.Title()}\n");
        text.Append("```\n\n| 办理 | 在这些状态可以办 |\n|---|---|\n");
        foreach (var (verb, statuses) in FindingStates.Possible) text.Append($"| {verb.Title()} | {string.Join("、", statuses.Select(s => s.Title()))} |\n");
        return text.ToString();
    }

    /// <summary>Verbs that change the state; the others leave it.</summary>
    static readonly Dictionary<FindingVerb, FindingStatus> Leads = new()
    {
        [FindingVerb.Assign] = FindingStatus.Assigned, [FindingVerb.Rectify] = FindingStatus.Rectified, [FindingVerb.SendBack] = FindingStatus.Assigned,
        [FindingVerb.Verify] = FindingStatus.Verified, [FindingVerb.Close] = FindingStatus.Closed, [FindingVerb.Dispute] = FindingStatus.Assigned,
        [FindingVerb.Reject] = FindingStatus.Rejected, [FindingVerb.Merge] = FindingStatus.Merged,
    };

    static IEnumerable<(FindingStatus From, FindingVerb Verb, FindingStatus To)> Moves =>
        from verb in Leads.Keys from status in FindingStates.Possible[verb] where status != Leads[verb] select (status, verb, Leads[verb]);

    internal static void Holds(string path, string expected)
    {
        var file = Path.Combine(Source.Root, path);
        if (Environment.GetEnvironmentVariable("RONGHE_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }
        Assert.True(File.Exists(file), $"{path} is missing: run the tests once with RONGHE_WRITE_DOCS=1.");
        Assert.Equal(expected, File.ReadAllText(file));
    }
}
