using System.Text;
using Ronghe.Findings;

namespace Ronghe.Tests.Architecture;

/// <summary>Documents written from the code itself. Run the tests with RONGHE_WRITE_DOCS=1 to write them anew.</summary>
public class GeneratedDocsTests
{
    [Fact]
    public void The_state_diagram_shows_what_the_code_allows() => Holds("docs/generated/finding-states.md", FindingStatesDocument());

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
