using System.Text.Json;
using Ronghe.Organisation.PartyOrganisations;

namespace Ronghe.PartyLife.Meetings;

/// <summary>The meeting types, vote formulas and agenda kinds that come with the product, each with its source.</summary>
public sealed class MeetingPack
{
    sealed record Types(string Version, Formula[] VoteFormulas, Item[] Items);
    sealed record Kinds(Kind[] Items);
    sealed record Formula(string Id, string Name, Bar Quorum, Bar? Pass, string Ballot, string Source, string? PassSource, string Example, string Warning);
    sealed record Bar(string Denominator, string Op, int[] Fraction);
    sealed record Item(
        string Id, string Code, string Name, Words Convener, string DueToAttend, Guests NonMembers, Words Cadence, string[] VoteFormulas, Line[] AgendaTemplate, string[] RequiredOutputs, string Source, string Note);
    sealed record Words(string Text, string Source);
    sealed record Guests(string Allowed, string Rule);
    sealed record Line(string Title, string Kind, int SuggestedMinutes, string ExpectedOutput);
    sealed record Kind(string Id, string Name, string Short, bool CountsAsSafety, bool CountsAsProduction, bool IsPartyAffairs, string ExpectedResult, string Source, string Note);

    /// <summary>What the content says in words only: who holds the meeting, who is due, what it cannot be held without.</summary>
    static readonly Dictionary<string, (PartyOrganisationKind[] Bodies, bool OfUnits, MeetingCircle Circle, string? HoldFormula)> Known = new()
    {
        ["MembersMeeting"] = ([PartyOrganisationKind.GeneralBranch, PartyOrganisationKind.Branch], false, MeetingCircle.Members, null),
        ["CommitteeMeeting"] = ([PartyOrganisationKind.GeneralBranch, PartyOrganisationKind.Branch], false, MeetingCircle.Committee, "VF-04"),
        ["GroupMeeting"] = ([PartyOrganisationKind.Group], false, MeetingCircle.Members, null),
        ["PartyLecture"] = ([PartyOrganisationKind.Committee, PartyOrganisationKind.GeneralBranch, PartyOrganisationKind.Branch], false, MeetingCircle.Members, null),
        ["ThemeDay"] = ([PartyOrganisationKind.GeneralBranch, PartyOrganisationKind.Branch], false, MeetingCircle.Members, null),
        ["OrganisationLifeMeeting"] = ([PartyOrganisationKind.GeneralBranch, PartyOrganisationKind.Branch, PartyOrganisationKind.Group], false, MeetingCircle.Members, null),
        ["DemocraticLifeMeeting"] = ([PartyOrganisationKind.Committee], false, MeetingCircle.Committee, "VF-06"),
        ["StudyCentreGroup"] = ([PartyOrganisationKind.Committee], false, MeetingCircle.Committee, null),
        ["PartyCommitteeMeeting"] = ([PartyOrganisationKind.Committee], false, MeetingCircle.Committee, "VF-05"),
        ["JointLeadershipMeeting"] = ([], true, MeetingCircle.Leadership, null),
        ["SafetyMeeting"] = ([], true, MeetingCircle.Managers, null),
        ["WorkersForum"] = ([PartyOrganisationKind.Committee, PartyOrganisationKind.GeneralBranch, PartyOrganisationKind.Branch], true, MeetingCircle.Invited, null),
    };

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    MeetingPack(string version, MeetingRuleSet rules) => (Version, Rules) = (version, rules);

    public string Version { get; }
    public MeetingRuleSet Rules { get; }

    public static MeetingPack Load(string contentFolder)
    {
        var types = Read<Types>(contentFolder, "meeting-types.json");
        var kinds = Read<Kinds>(contentFolder, "agenda-kinds.json");
        var rules = new MeetingRuleSet(
            [.. types.Items.Select(TypeOf)],
            [.. types.VoteFormulas.Select(one => new VoteFormula(one.Id, one.Name, BarOf(one.Quorum), one.Pass is null ? null : BarOf(one.Pass), one.Ballot, one.Source, one.PassSource ?? "", one.Example, one.Warning))],
            [.. kinds.Items.Select(kind => new AgendaKind(kind.Id, kind.Name, kind.Short, kind.CountsAsSafety, kind.CountsAsProduction, kind.IsPartyAffairs, kind.ExpectedResult, kind.Source, kind.Note, IsOn: true))]);
        rules.Check();
        return new(types.Version, rules);
    }

    static T Read<T>(string folder, string file) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(folder, "party-life", file)), Json)!;

    static MeetingType TypeOf(Item item)
    {
        var (bodies, ofUnits, circle, hold) = Known[item.Code];
        return new(item.Id, item.Code, item.Name, bodies, ofUnits, circle, item.Convener.Text, item.DueToAttend, GuestsOf(item.NonMembers.Allowed), item.NonMembers.Rule, item.Cadence.Text, item.Cadence.Source,
            item.VoteFormulas, hold, [.. item.AgendaTemplate.Select(line => new AgendaLine(line.Title, line.Kind, line.SuggestedMinutes, line.ExpectedOutput))], item.RequiredOutputs, item.Source, item.Note, IsOn: true);
    }

    static VoteBar BarOf(Bar bar) => new(bar.Denominator.StartsWith("due", StringComparison.Ordinal) ? VoteBase.Due : VoteBase.Present, bar.Op == ">=", bar.Fraction[0], bar.Fraction[1]);

    static GuestRule GuestsOf(string word) => word switch { "no" => GuestRule.No, "by_invitation" => GuestRule.ByInvitation, "welcome" => GuestRule.Welcome, _ => GuestRule.Yes };
}
