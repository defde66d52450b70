using Ronghe.Findings;
using Ronghe.Platform;

namespace Ronghe.Tests.Findings;

public class FindingTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 16);
    static readonly Guid Reporter = Guid.CreateVersion7(), Officer = Guid.CreateVersion7(), Rectifier = Guid.CreateVersion7(), Verifier = Guid.CreateVersion7(), Boss = Guid.CreateVersion7();
    static readonly Guid Company = Guid.CreateVersion7(), Boilers = Guid.CreateVersion7();

    static Finding Reported(Guid? reporter = null, string description = "2 号炉给煤机平台护栏松动") => Finding.Report(
        Guid.CreateVersion7(), Company, "YH-2026-0381",
        new FindingReport(description, null, "锅炉 8 米层", Boilers) { ReporterId = reporter ?? Reporter, FoundAt = Now }, Now);

    static FivePoints Points(Guid? person = null, DateOnly? due = null) =>
        new(person ?? Rectifier, due ?? Today.AddDays(3), Boilers, "设备管理部 锅炉班", "护栏无位移", "补焊并加装斜撑");

    /// <summary>A finding that was led to the state by its own verbs.</summary>
    static Finding In(FindingStatus status)
    {
        var finding = Reported();
        if (status == FindingStatus.Rejected) finding.Reject("不属于隐患", Officer, Now);
        if (status == FindingStatus.Merged) finding.MergeInto(Reported(), "同一处", Officer, Now);
        if (status is FindingStatus.Reported or FindingStatus.Rejected or FindingStatus.Merged) return finding;
        finding.GradeAs(FindingGrade.General, null, "", Officer, Now);
        finding.Assign(Points(), Verifier, Officer, Now, Today);
        if (status == FindingStatus.Assigned) return finding;
        finding.Rectify("已补焊", Rectifier, Now);
        if (status == FindingStatus.Rectified) return finding;
        finding.Verify("", Verifier, Now);
        if (status == FindingStatus.Verified) return finding;
        finding.Close("", Officer, Now);
        return finding;
    }

    static void Do(FindingVerb verb, Finding finding)
    {
        switch (verb)
        {
            case FindingVerb.Grade: finding.GradeAs(FindingGrade.Major, "HC01", "需停炉处理", Officer, Now); break;
            case FindingVerb.Assign: finding.Assign(Points(), Verifier, Officer, Now, Today); break;
            case FindingVerb.Rectify: finding.Rectify("已处理", Rectifier, Now); break;
            case FindingVerb.SendBack: finding.SendBack("焊缝不饱满", Verifier, Now); break;
            case FindingVerb.Extend: finding.Extend(Today.AddDays(30), "备件未到，已隔离", 2, Officer, Now); break;
            case FindingVerb.Escalate: finding.Escalate(1, Boss, "超期", Officer, Now); break;
            case FindingVerb.ListForSupervision: finding.ListForSupervision("本周完成", Officer, Now); break;
            case FindingVerb.Verify: finding.Verify("合格", Verifier, Now); break;
            case FindingVerb.Close: finding.Close("", Officer, Now); break;
            case FindingVerb.Confirm: finding.Confirm("", Reporter, Now); break;
            case FindingVerb.Dispute: finding.Dispute("仍松动", Reporter, Now); break;
            case FindingVerb.Reject: finding.Reject("不属实", Officer, Now); break;
            case FindingVerb.Merge: finding.MergeInto(Reported(), "同一处", Officer, Now); break;
            case FindingVerb.Recheck: finding.NoteRecheck(true, "", Officer, Now); break;
            default: throw new ArgumentOutOfRangeException(nameof(verb));
        }
    }

    /// <summary>For each state what can be done, as the plant would say it; written out by hand, so that a slip in the table shows.</summary>
    static readonly Dictionary<FindingStatus, FindingVerb[]> Expected = new()
    {
        [FindingStatus.Reported] = [FindingVerb.Grade, FindingVerb.Reject, FindingVerb.Merge],
        [FindingStatus.Assigned] = [FindingVerb.Grade, FindingVerb.Assign, FindingVerb.Rectify, FindingVerb.Extend, FindingVerb.Escalate, FindingVerb.ListForSupervision, FindingVerb.Merge],
        [FindingStatus.Rectified] = [FindingVerb.SendBack, FindingVerb.Verify, FindingVerb.ListForSupervision],
        [FindingStatus.Verified] = [FindingVerb.SendBack, FindingVerb.Close],
        [FindingStatus.Closed] = [FindingVerb.Confirm, FindingVerb.Dispute, FindingVerb.Recheck],
        [FindingStatus.Rejected] = [],
        [FindingStatus.Merged] = [],
    };

    public static TheoryData<FindingStatus, FindingVerb> EveryStateAndVerb() => StateMatrix.Of<FindingStatus, FindingVerb>(FindingStates.Possible.Keys);

    [Theory, MemberData(nameof(EveryStateAndVerb))]
    public void Each_state_allows_its_verbs_and_refuses_every_other_without_a_change(FindingStatus status, FindingVerb verb)
    {
        var finding = In(status);
        Assert.Equal(status, finding.Status);
        var before = Facts(finding);
        if (Expected[status].Contains(verb))
        {
            Assert.True(finding.Can(verb));
            Do(verb, finding);
            Assert.NotEqual(before, Facts(finding));
        }
        else
        {
            Assert.NotNull(finding.Obstacle(verb));
            var refusal = Assert.ThrowsAny<Refusal>(() => Do(verb, finding));
            Assert.NotEmpty(refusal.Message);
            Assert.Equal(before, Facts(finding));
        }
    }

    static string Facts(Finding f) => string.Join('|', f.Status, f.Grade, f.CategoryId, f.GradeBasis, f.RectifierId, f.DueOn, f.UnitId, f.Duty, f.Standard, f.Measure,
        f.AssignerId, f.VerifierId, f.RectifiedAt, f.VerifiedAt, f.ClosedAt, f.ConfirmedAt, f.Extensions, f.EscalationLevel, f.EscalatedToId, f.SupervisedAt,
        f.MergedIntoId, f.Reopenings, f.Steps.Count);

    [Fact]
    public void The_whole_loop_ends_with_the_reporters_confirmation()
    {
        var finding = In(FindingStatus.Closed);
        finding.Confirm("看过了，很稳", Reporter, Now);
        Assert.Equal(
            [FindingVerb.Report, FindingVerb.Grade, FindingVerb.Assign, FindingVerb.Rectify, FindingVerb.Verify, FindingVerb.Close, FindingVerb.Confirm],
            finding.Steps.Select(step => step.Verb));
        Assert.False(finding.IsOpen);
    }

    [Fact]
    public void A_rectifier_cannot_verify_close_or_recheck_his_own_work()
    {
        Assert.Throws<Refusal>(() => In(FindingStatus.Rectified).Verify("", Rectifier, Now));
        Assert.Throws<Refusal>(() => In(FindingStatus.Verified).Close("", Rectifier, Now));
        Assert.Throws<Refusal>(() => In(FindingStatus.Closed).NoteRecheck(true, "", Rectifier, Now));
    }

    [Fact]
    public void Nobody_is_asked_to_verify_what_he_rectifies()
    {
        var finding = Reported();
        finding.GradeAs(FindingGrade.General, null, "", Officer, Now);
        Assert.Equal("VerifierId", Assert.Throws<Refusal>(() => finding.Assign(Points(), Rectifier, Officer, Now, Today)).Field);
    }

    [Fact]
    public void Without_a_grade_it_is_not_assigned() =>
        Assert.Contains("先定级", Assert.Throws<Refusal>(() => Reported().Assign(Points(), null, Officer, Now, Today)).Message);

    [Fact]
    public void Major_needs_a_basis() =>
        Assert.Throws<Refusal>(() => Reported().GradeAs(FindingGrade.Major, null, " ", Officer, Now));

    [Theory]
    [InlineData("standard"), InlineData("measure"), InlineData("due"), InlineData("person"), InlineData("unit")]
    public void Each_of_the_five_points_is_needed(string missing)
    {
        var points = missing switch
        {
            "standard" => Points() with { Standard = "" },
            "measure" => Points() with { Measure = " " },
            "due" => Points() with { DueOn = Today.AddDays(-1) },
            "person" => Points() with { PersonId = Guid.Empty },
            _ => Points() with { UnitId = Guid.Empty },
        };
        var finding = Reported();
        finding.GradeAs(FindingGrade.General, null, "", Officer, Now);
        Assert.Throws<Refusal>(() => finding.Assign(points, null, Officer, Now, Today));
        Assert.Equal(FindingStatus.Reported, finding.Status);
    }

    [Fact]
    public void Extending_needs_a_later_day_and_ends_at_the_limit()
    {
        var finding = In(FindingStatus.Assigned);
        Assert.Throws<Refusal>(() => finding.Extend(finding.DueOn!.Value, "备件未到", 2, Officer, Now));
        finding.Extend(Today.AddDays(10), "备件未到", 2, Officer, Now);
        finding.Extend(Today.AddDays(20), "备件未到", 2, Officer, Now);
        Assert.Contains("上限", Assert.Throws<Refusal>(() => finding.Extend(Today.AddDays(30), "备件未到", 2, Officer, Now)).Message);
        Assert.Equal(Today.AddDays(20), finding.DueOn);
    }

    [Fact]
    public void Only_the_reporter_confirms_or_disputes()
    {
        Assert.Throws<Forbidden>(() => In(FindingStatus.Closed).Confirm("", Officer, Now));
        Assert.Throws<Forbidden>(() => In(FindingStatus.Closed).Dispute("没好", Officer, Now));
    }

    [Fact]
    public void A_dispute_leads_back_to_the_person_in_charge_and_is_counted()
    {
        var finding = In(FindingStatus.Closed);
        finding.Dispute("还在晃", Reporter, Now);
        Assert.Equal((FindingStatus.Assigned, 1, Rectifier), (finding.Status, finding.Reopenings, finding.RectifierId));
        Assert.Null(finding.ClosedAt);
    }

    [Fact]
    public void After_the_confirmation_nothing_is_disputed()
    {
        var finding = In(FindingStatus.Closed);
        finding.Confirm("", Reporter, Now);
        Assert.Throws<Refusal>(() => finding.Dispute("又坏了", Reporter, Now));
    }

    [Fact]
    public void A_failed_recheck_opens_it_again()
    {
        var finding = In(FindingStatus.Closed);
        finding.NoteRecheck(false, "护栏又松了", Officer, Now);
        Assert.Equal(FindingStatus.Assigned, finding.Status);
    }

    [Fact]
    public void A_report_without_a_name_asks_nobody_to_confirm()
    {
        var finding = Finding.Report(Guid.CreateVersion7(), Company, "YH-2026-0001", new FindingReport("工具滑落未伤人", null, "汽机房", Boilers) { FoundAt = Now }, Now);
        Assert.Null(finding.Steps[0].ById);
        finding.GradeAs(FindingGrade.General, null, "", Officer, Now);
        finding.Assign(Points(), null, Officer, Now, Today);
        finding.Rectify("已处理", Rectifier, Now);
        finding.Verify("", Verifier, Now);
        finding.Close("", Officer, Now);
        Assert.Contains("没有署名", finding.Obstacle(FindingVerb.Confirm));
    }

    [Theory]
    [InlineData(""), InlineData("   ")]
    public void A_report_says_what_was_seen(string description) => Assert.Throws<Refusal>(() => Reported(description: description));

    [Fact]
    public void A_description_of_ten_megabytes_is_refused_and_says_that_the_text_is_kept() =>
        Assert.Contains("文字还在", Assert.Throws<Refusal>(() => Reported(description: new string('长', 10_000_000))).Message);

    [Fact]
    public void Escalation_only_climbs()
    {
        var finding = In(FindingStatus.Assigned);
        finding.Escalate(2, Boss, "超期", Officer, Now);
        Assert.Throws<Refusal>(() => finding.Escalate(1, Boss, "超期", Officer, Now));
        finding.Escalate(3, Boss, "超期", Officer, Now);
        Assert.False(finding.Can(FindingVerb.Escalate));
    }

    [Fact]
    public void A_step_entered_later_keeps_both_times()
    {
        var then = Now.AddDays(-40);
        var finding = Finding.Report(Guid.CreateVersion7(), Company, "YH-2026-0002",
            new FindingReport("旧台账", null, "煤场", Boilers) { ReporterId = Reporter, FoundAt = then }, new Moment(then, Now));
        Assert.Equal((then, Now), (finding.Steps[0].At, finding.Steps[0].EnteredAt));
    }

    [Fact]
    public void It_is_overdue_only_while_it_is_being_rectified()
    {
        var finding = In(FindingStatus.Assigned);
        Assert.False(finding.IsOverdue(finding.DueOn!.Value));
        Assert.True(finding.IsOverdue(finding.DueOn!.Value.AddDays(1)));
        finding.Rectify("好了", Rectifier, Now);
        Assert.False(finding.IsOverdue(finding.DueOn!.Value.AddDays(1)));
    }
}
