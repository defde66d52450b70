using Ronghe.PartyLife.Meetings;
using Ronghe.Platform;

namespace Ronghe.Tests.PartyLife.Meetings;

/// <summary>The meeting alone: which verb in which state, the two ways to count a vote, what is late, what is never altered.</summary>
public class MeetingTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly Guid Planner = Guid.CreateVersion7(), Chair = Guid.CreateVersion7(), Recorder = Guid.CreateVersion7(), Company = Guid.CreateVersion7(), Body = Guid.CreateVersion7();
    static readonly MeetingRuleSet Rules = MeetingPack.Load(Program.ContentFolder).Rules;
    static readonly Turnout Full = new(9, 8, 9, 8, 0, 0, 0);
    static readonly Guid Item = Guid.CreateVersion7(), OtherItem = Guid.CreateVersion7(), VoteId = Guid.CreateVersion7(), ResolutionId = Guid.CreateVersion7();

    static MeetingPlan Plan(string type = "MembersMeeting") => new(type, Body, "四季度党员大会", Now.AddHours(2), 90, "活动室", Chair, Recorder);

    static Meeting Planned(string type = "MembersMeeting")
    {
        var meeting = Meeting.Plan(Guid.CreateVersion7(), Company, new(0, Rules), Plan(type), MeetingCode.NewKey(), Planner, Now);
        meeting.AddItem(Item, new("隐患和违章分析", "AK-02"), Rules);
        meeting.AddItem(OtherItem, new("党员意见建议", "AK-09"), Rules);
        return meeting;
    }

    /// <summary>A meeting that was led to the state by its own verbs.</summary>
    static Meeting In(MeetingStatus status)
    {
        var meeting = Planned();
        if (status == MeetingStatus.Cancelled) meeting.Cancel("改到下周");
        if (status is MeetingStatus.Planned or MeetingStatus.Cancelled) return meeting;
        meeting.Announce(Now);
        if (status == MeetingStatus.Announced) return meeting;
        meeting.Hold(Now, "", null, Full, [], Now);
        if (status == MeetingStatus.Held) return meeting;
        foreach (var item in meeting.Agenda) meeting.RecordItem(item.Id, new(true, "谈了三点", "照办"));
        meeting.Minute(Now.AddHours(1), "", Full, Now.AddHours(2));
        if (status == MeetingStatus.Minuted) return meeting;
        meeting.Archive(Chair, Now.AddHours(3));
        return meeting;
    }

    static void Do(MeetingVerb verb, Meeting meeting)
    {
        switch (verb)
        {
            case MeetingVerb.Restate: meeting.Restate(Plan() with { Place = "会议室" }, Rules, Now); break;
            case MeetingVerb.Agenda: meeting.AddItem(Guid.CreateVersion7(), new("临时议题", "AK-99"), Rules); break;
            case MeetingVerb.Invite: meeting.Invite(); break;
            case MeetingVerb.Attend: meeting.Attend(); break;
            case MeetingVerb.Leave: meeting.AskLeave(Now); break;
            case MeetingVerb.CheckIn: meeting.CheckIn(Now.AddHours(1)); break;
            case MeetingVerb.Announce: meeting.Announce(Now); break;
            case MeetingVerb.Hold: meeting.Hold(Now, "", null, Full, [], Now); break;
            case MeetingVerb.Record: meeting.RecordItem(Item, new(true, "谈了三点", "照办")); break;
            case MeetingVerb.Vote: meeting.Vote(VoteId, new(Item, "VF-01", "同意方案", 6, 1, 1), Rules.Formula("VF-01"), Full, Recorder, Now); break;
            case MeetingVerb.Resolve: meeting.Resolve(ResolutionId, Item, "加装振打", null, Recorder, Now); break;
            case MeetingVerb.Minute:
                if (meeting.Status == MeetingStatus.Held) foreach (var item in meeting.Agenda) meeting.RecordItem(item.Id, new(true, "", "已传达"));
                meeting.Minute(Now.AddHours(1), "", Full, Now.AddHours(2));
                break;
            case MeetingVerb.SendBack: meeting.SendBack("缺表决数"); break;
            case MeetingVerb.Archive: meeting.Archive(Chair, Now); break;
            case MeetingVerb.Correct: meeting.Correct(Guid.CreateVersion7(), "期限", "应为月底", Chair, Now); break;
            case MeetingVerb.Cancel: meeting.Cancel("不开了"); break;
            default: throw new ArgumentOutOfRangeException(nameof(verb));
        }
    }

    /// <summary>For each state what can be done, written out by hand, so that a slip in the table shows.</summary>
    static readonly Dictionary<MeetingStatus, MeetingVerb[]> Expected = new()
    {
        [MeetingStatus.Planned] = [MeetingVerb.Restate, MeetingVerb.Agenda, MeetingVerb.Invite, MeetingVerb.Announce, MeetingVerb.Attend, MeetingVerb.Hold, MeetingVerb.Cancel],
        [MeetingStatus.Announced] = [MeetingVerb.Restate, MeetingVerb.Agenda, MeetingVerb.Invite, MeetingVerb.Leave, MeetingVerb.CheckIn, MeetingVerb.Attend, MeetingVerb.Hold, MeetingVerb.Cancel],
        [MeetingStatus.Held] = [MeetingVerb.Agenda, MeetingVerb.Invite, MeetingVerb.Attend, MeetingVerb.Record, MeetingVerb.Vote, MeetingVerb.Resolve, MeetingVerb.Minute],
        [MeetingStatus.Minuted] = [MeetingVerb.SendBack, MeetingVerb.Archive],
        [MeetingStatus.Archived] = [MeetingVerb.Correct],
        [MeetingStatus.Cancelled] = [],
    };

    public static TheoryData<MeetingStatus, MeetingVerb> EveryStateAndVerb() => StateMatrix.Of<MeetingStatus, MeetingVerb>(MeetingStates.Possible.Keys);

    [Theory, MemberData(nameof(EveryStateAndVerb))]
    public void Each_state_allows_its_verbs_and_refuses_every_other_without_a_change(MeetingStatus status, MeetingVerb verb)
    {
        var meeting = In(status);
        Assert.Equal(status, meeting.Status);
        var before = Facts(meeting);
        if (Expected[status].Contains(verb))
        {
            Assert.True(meeting.Can(verb));
            Do(verb, meeting);
        }
        else
        {
            Assert.NotNull(meeting.Obstacle(verb));
            Assert.NotEmpty(Assert.ThrowsAny<Refusal>(() => Do(verb, meeting)).Message);
            Assert.Equal(before, Facts(meeting));
        }
    }

    static string Facts(Meeting m) => string.Join('|', m.Status, m.Title, m.Place, m.PlannedAt, m.HeldFrom, m.HeldUntil, m.MinutedAt, m.ArchivedAt, m.Reason, m.Agenda.Count, m.Votes.Count, m.Resolutions.Count, m.Corrections.Count);

    [Theory]
    // An ordinary vote: of those due. Exactly half is not more than half, whoever came.
    [InlineData("VF-01", 30, 15, 15, true, false), InlineData("VF-01", 30, 16, 16, true, true), InlineData("VF-01", 30, 14, 14, false, false)]
    // An election: four fifths have to come; of those present.
    [InlineData("VF-02", 30, 24, 12, true, false), InlineData("VF-02", 30, 24, 13, true, true), InlineData("VF-02", 30, 23, 23, false, false)]
    // A new member: more than half has to come.
    [InlineData("VF-03", 30, 15, 15, false, false), InlineData("VF-03", 30, 16, 16, true, true)]
    public void A_vote_is_counted_by_its_own_formula_at_its_very_edge(string formula, int due, int present, int yes, bool isQuorate, bool isPassed)
    {
        var meeting = In(MeetingStatus.Held);
        MeetingVote Vote() => meeting.Vote(VoteId, new(Item, formula, "同意", yes, 0, 0), Rules.Formula(formula), new(due, present, due, present, 0, 0, 0), Recorder, Now);
        if (isQuorate) Assert.Equal(isPassed, Vote().IsPassed);
        else
        {
            var refusal = Assert.Throws<Refusal>(Vote);
            Assert.Contains("不能表决", refusal.Message);
            Assert.Contains($"至少 {Rules.Formula(formula).Quorum.Least(due)} 人", refusal.Message);
            Assert.Empty(meeting.Votes);
        }
    }

    [Fact]
    public void Two_thirds_of_six_are_four()
    {
        var quorum = Rules.Formula("VF-06").Quorum;
        Assert.True(quorum.IsMet(4, 6));
        Assert.Equal((4, 5), (quorum.Least(6), quorum.Least(7)));
    }

    [Fact]
    public void More_votes_than_voters_are_refused_and_so_is_a_vote_where_none_is_taken()
    {
        var meeting = In(MeetingStatus.Held);
        Assert.Contains("多于到会", Assert.Throws<Refusal>(() => meeting.Vote(VoteId, new(Item, "VF-01", "同意", 7, 1, 1), Rules.Formula("VF-01"), Full, Recorder, Now)).Message);
        Assert.Contains("不作表决", Assert.Throws<Refusal>(() => meeting.Vote(VoteId, new(Item, "VF-06", "同意", 7, 0, 0), Rules.Formula("VF-06"), Full, Recorder, Now)).Message);
    }

    [Fact]
    public void A_committee_without_its_quorum_does_not_meet()
    {
        var meeting = Planned("CommitteeMeeting");
        var refusal = Assert.Throws<Refusal>(() => meeting.Hold(Now, "", Rules.Formula("VF-04"), new(5, 2, 5, 2, 3, 0, 0), [], Now));
        Assert.Contains("应到 5 人，实到 2 人", refusal.Message);
        Assert.Equal(MeetingStatus.Planned, meeting.Status);
        meeting.Hold(Now, "", Rules.Formula("VF-04"), new(5, 3, 5, 3, 2, 0, 0), [], Now);
        Assert.Equal(MeetingStatus.Held, meeting.Status);
    }

    [Fact]
    public void What_is_entered_on_a_later_day_is_late_and_says_why()
    {
        var meeting = Planned();
        var before = Now.AddDays(-3);
        Assert.Equal("LateReason", Assert.Throws<Refusal>(() => meeting.Hold(before, " ", null, Full, [], Now)).Field);
        meeting.Hold(before, "当天停电", null, Full, [], Now);
        Assert.True(meeting.IsLate);
        Assert.Equal((before, Now), (meeting.HeldFrom, meeting.HeldEnteredAt));
        Assert.False(In(MeetingStatus.Held).IsLate);
        Assert.Throws<Refusal>(() => Planned().Hold(Now.AddMinutes(1), "", null, Full, [], Now));
        Assert.Throws<Refusal>(() => Planned().Hold(Now.AddYears(-2), "记错年", null, Full, [], Now));
    }

    [Fact]
    public void Minutes_need_every_item_and_every_absence()
    {
        var meeting = In(MeetingStatus.Held);
        meeting.RecordItem(Item, new(true, "", "已传达"));
        Assert.Contains("党员意见建议", Assert.Throws<Refusal>(() => meeting.Minute(Now.AddHours(1), "", Full, Now.AddHours(2))).Message);
        meeting.RecordItem(OtherItem, new(false, "", "时间不够，下次再议"));
        Assert.Contains("还有 1 人", Assert.Throws<Refusal>(() => meeting.Minute(Now.AddHours(1), "", Full with { Unexplained = 1 }, Now.AddHours(2))).Message);
        Assert.Throws<Refusal>(() => meeting.Minute(Now.AddHours(-1), "", Full, Now.AddHours(2)));
        Assert.Throws<Refusal>(() => meeting.Minute(Now.AddHours(3), "", Full, Now.AddHours(2)));
        meeting.Minute(Now.AddHours(1), "", Full, Now.AddHours(2));
        Assert.Equal(MeetingStatus.Minuted, meeting.Status);
    }

    [Fact]
    public void Nobody_archives_the_minutes_that_he_wrote_and_nobody_both_leads_and_writes()
    {
        Assert.Throws<Forbidden>(() => In(MeetingStatus.Minuted).Archive(Recorder, Now));
        Assert.Equal("RecorderId", Assert.Throws<Refusal>(() => Meeting.Plan(Guid.CreateVersion7(), Company, new(0, Rules), Plan() with { RecorderId = Chair }, [], Planner, Now)).Field);
    }

    [Fact]
    public void A_correction_stands_beside_the_record_and_alters_nothing()
    {
        var meeting = In(MeetingStatus.Archived);
        var before = meeting.Agenda.Select(item => item.Outcome).ToList();
        meeting.Correct(Guid.CreateVersion7(), "第 1 项结论", "应为月底前", Chair, Now);
        Assert.Equal(before, meeting.Agenda.Select(item => item.Outcome));
        Assert.Single(meeting.Corrections);
        Assert.Contains("更正", meeting.Obstacle(MeetingVerb.Record));
    }

    [Fact]
    public void An_item_counts_once_by_its_kind_or_its_tags_and_keeps_what_it_counted_as()
    {
        var meeting = Planned();
        var tagged = meeting.AddItem(Guid.CreateVersion7(), new("食堂燃气", "AK-09") { Tags = ["AK-02"] }, Rules);
        Assert.True(tagged is { IsSafety: true, IsProduction: true });
        Assert.False(meeting.Agenda[1].IsSafety);
        Assert.Equal("Tags", Assert.Throws<Refusal>(() => meeting.AddItem(Guid.CreateVersion7(), new("太多", "AK-01") { Tags = ["AK-02", "AK-03", "AK-04"] }, Rules)).Field);
        Assert.Throws<Refusal>(() => meeting.AddItem(Guid.CreateVersion7(), new("没有这类", "AK-77"), Rules));
    }

    [Fact]
    public void Once_votes_are_recorded_the_list_of_those_present_stands()
    {
        var meeting = In(MeetingStatus.Held);
        Do(MeetingVerb.Vote, meeting);
        Assert.Contains("已经记了表决", Assert.Throws<Refusal>(meeting.Attend).Message);
        meeting.RemoveVote(VoteId);
        meeting.Attend();
    }

    [Fact]
    public void The_code_of_the_screen_holds_for_this_minute_and_the_one_before()
    {
        var key = MeetingCode.NewKey();
        var code = MeetingCode.Of(key, Now);
        Assert.True(MeetingCode.Holds(key, code.ToLowerInvariant(), Now));
        Assert.True(MeetingCode.Holds(key, code, Now.AddSeconds(60)));
        Assert.False(MeetingCode.Holds(key, code, Now.AddSeconds(150)));
        Assert.False(MeetingCode.Holds(MeetingCode.NewKey(), code, Now));
        Assert.False(MeetingCode.Holds(key, "", Now));
    }
}
