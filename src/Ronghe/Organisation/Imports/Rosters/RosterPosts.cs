using Ronghe.Organisation.Appointments;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>A post that a roster or an organisation list states for somebody.</summary>
readonly record struct StatedPost(string Post, Guid NodeId, DateOnly From);

/// <summary>The nodes to which the posts of one row belong.</summary>
sealed record PostPlaces(Guid Plant, Guid Department, string DepartmentName, Guid? Crew, Guid? Committee, Guid? Branch, Guid? Group)
{
    public bool IsLeadership => DepartmentName.Contains("领导", StringComparison.Ordinal);
    public bool IsSafetyDepartment => DepartmentName.Contains("安全监察", StringComparison.Ordinal) || DepartmentName.StartsWith("安监", StringComparison.Ordinal);
}

/// <summary>Reads posts out of the words of a roster: 职务, 岗位 and 党内职务.</summary>
static class RosterPosts
{
    static readonly HashSet<string> Heads = ["主任", "部长", "经理", "科长", "处长", "主席"];
    static readonly HashSet<string> Deputies = ["副主任", "副部长", "副经理", "副科长", "副处长", "副主席"];
    static readonly HashSet<string> CrewLeads = ["班长", "值长", "组长", "队长"];

    /// <summary>Posts in the administrative tree.</summary>
    public static IEnumerable<(string Post, Guid Node)> Administrative(string jobTitle, string position, PostPlaces at)
    {
        var titles = Words(jobTitle);
        if (at.IsLeadership)
        {
            if (titles.Any(title => title is "厂长" or "总经理")) yield return (Posts.PlantHead, at.Plant);
            else if (titles.Any(title => title != "党委书记")) yield return (Posts.DeputyHead, at.Plant);
        }
        else if (titles.Any(Heads.Contains)) yield return (Posts.DepartmentHead, at.Department);
        else if (titles.Any(Deputies.Contains)) yield return (Posts.DepartmentDeputy, at.Department);
        if (at.Crew is { } crew && titles.Any(CrewLeads.Contains)) yield return (Posts.CrewLead, crew);
        if (WatchesSafety(titles, position, at)) yield return (Posts.SafetyOfficer, at.IsSafetyDepartment ? at.Plant : at.Department);
    }

    /// <summary>Posts in the Party tree; <paramref name="unknown"/> gets the words that name none.</summary>
    public static IEnumerable<(string Post, Guid Node)> Party(string partyTitle, PostPlaces at, Action<string> unknown)
    {
        foreach (var word in Words(partyTitle))
        {
            var (post, node) = Of(word, at);
            if (post is null) unknown(word);
            else if (node is { } id) yield return (post, id);
        }
    }

    static bool WatchesSafety(string[] titles, string position, PostPlaces at) =>
        position.Contains("安全专责", StringComparison.Ordinal)
        || (at.IsSafetyDepartment && (titles.Any(Heads.Contains) || position.Contains("安全监察", StringComparison.Ordinal)));

    /// <summary>Posts of the plant's committee and its discipline commission belong to the committee, wherever the person is listed.</summary>
    static (string? Post, Guid? Node) Of(string word, PostPlaces at) => word switch
    {
        "党委书记" => (Posts.CommitteeSecretary, at.Committee),
        "党委副书记" => (Posts.DeputySecretary, at.Committee),
        _ when word.StartsWith("党委", StringComparison.Ordinal) || word.StartsWith("纪委", StringComparison.Ordinal) => (Posts.CommitteeMember, at.Committee),
        _ when word.EndsWith("副书记", StringComparison.Ordinal) => (Posts.DeputySecretary, at.Branch),
        _ when word.EndsWith("书记", StringComparison.Ordinal) => (Posts.Secretary, at.Branch),
        _ when word.EndsWith("委员", StringComparison.Ordinal) => (Posts.CommitteeMember, at.Branch),
        _ when word.EndsWith("组长", StringComparison.Ordinal) => (Posts.GroupLead, at.Group),
        _ => (null, null),
    };

    static string[] Words(string text) => text.Split(['、', '，', ',', '；', ';', '/', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
