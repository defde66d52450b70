using Ronghe.Findings;
using Ronghe.Platform;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;

namespace Ronghe.Tests.Safety.Inspections;

public class InspectionTests
{
    static readonly DateTimeOffset Now = TestClock.Start;
    static readonly DateOnly Today = new(2026, 11, 20);
    static readonly Guid Lead = Guid.CreateVersion7(), Unit = Guid.CreateVersion7(), Found = Guid.CreateVersion7();
    static readonly ChecklistItem[] Items = [new("1", "护栏牢固", ChecklistItemKind.YesNo), new("2", "油温", ChecklistItemKind.Number, "℃", null, 45), new("3", "现场照片", ChecklistItemKind.Photo)];

    static Inspection Planned(InspectionKind kind = InspectionKind.Special) =>
        new(Guid.CreateVersion7(), new(kind, "检查", kind == InspectionKind.SpotCheck ? null : Unit, null, Lead, Today, []), Lead);

    static Inspection In(InspectionStatus status, InspectionKind kind = InspectionKind.Special)
    {
        var inspection = Planned(kind);
        if (status == InspectionStatus.Cancelled) inspection.Cancel("改期", Now);
        if (status is InspectionStatus.Planned or InspectionStatus.Cancelled) return inspection;
        inspection.Start(Unit, Now);
        if (status == InspectionStatus.Started) return inspection;
        inspection.Finish([], [], "查了", Now);
        if (status == InspectionStatus.Closed) inspection.Close([], Now);
        return inspection;
    }

    static readonly ExplanationWords Words = new("护栏松", "没验收", "锅炉专业", "补焊", Today.AddDays(3));

    static readonly Dictionary<InspectionVerb, Action<Inspection>> Acts = new()
    {
        [InspectionVerb.Start] = i => i.Start(Unit, Now),
        [InspectionVerb.Fill] = i => i.Fill(Items, [], Lead, Now),
        [InspectionVerb.Finish] = i => i.Finish([], [], "查了", Now),
        [InspectionVerb.Close] = i => i.Close([], Now),
        [InspectionVerb.Cancel] = i => i.Cancel("改期", Now),
        [InspectionVerb.Explain] = i => i.Explain(Found, Words, Lead, Now, Today),
    };

    [Fact]
    public void An_item_takes_so_many_photos_and_no_more()
    {
        var inspection = In(InspectionStatus.Started);
        Guid[] Files(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        inspection.Photograph(Items[2], Files(Inspection.MostPhotos - 1), Lead, Now);
        Assert.Throws<Refusal>(() => inspection.Photograph(Items[2], Files(2), Lead, Now));
        inspection.Photograph(Items[2], Files(1), Lead, Now);
        Assert.Throws<Refusal>(() => inspection.Photograph(Items[2], Files(1), Lead, Now));
        Assert.Equal(Inspection.MostPhotos, inspection.Photos.Count);
    }

    [Fact]
    public void In_each_state_the_possible_verbs_work_and_all_others_refuse()
    {
        foreach (var status in Enum.GetValues<InspectionStatus>())
            foreach (var (verb, act) in Acts)
            {
                var inspection = In(status);
                Assert.Equal(status, inspection.Status);
                if (inspection.Can(verb)) act(inspection);
                else
                {
                    Assert.Throws<Refusal>(() => act(inspection));
                    Assert.Equal(status, inspection.Status);
                }
            }
    }

    [Fact]
    public void It_ends_only_with_every_item_answered_and_every_fault_written_down()
    {
        var inspection = In(InspectionStatus.Started);
        Assert.Contains("2 项没有填", Assert.Throws<Refusal>(() => inspection.Finish(Items, [], "查了", Now)).Message);
        inspection.Fill(Items, [new("1", Verdict.No, null, null), new("2", null, 46, null)], Lead, Now);
        Assert.True(inspection.AnswerTo(Items[1])!.IsFault(Items[1]));
        Assert.Contains("护栏牢固", Assert.Throws<Refusal>(() => inspection.Finish(Items, [], "查了", Now)).Message);
        Assert.Contains("油温", Assert.Throws<Refusal>(() => inspection.Finish(Items, ["1"], "查了", Now)).Message);
        inspection.Fill(Items, [new("2", null, null, "当场调整")], Lead, Now);
        inspection.Finish(Items, ["1"], "查了", Now);
        Assert.Equal(InspectionStatus.Finished, inspection.Status);
    }

    [Fact]
    public void What_one_leaves_open_does_not_wipe_out_what_another_filled_in()
    {
        var inspection = In(InspectionStatus.Started);
        inspection.Fill(Items, [new("1", Verdict.Yes, null, "好")], Lead, Now);
        inspection.Fill(Items, [new("1", null, null, null), new("2", Verdict.NotApplicable, null, null)], Lead, Now);
        Assert.Equal(Verdict.Yes, inspection.AnswerTo(Items[0])!.Verdict);
        Assert.False(inspection.AnswerTo(Items[1])!.IsFault(Items[1]));
        Assert.Throws<Refusal>(() => inspection.Fill(Items, [new("9", Verdict.Yes, null, null)], Lead, Now));
    }

    [Fact]
    public void It_closes_only_when_everything_found_is_gone_or_somebodys_with_a_date()
    {
        InspectionProblem Problem(FindingStatus status, Guid? rectifier, DateOnly? due) => new(Found, "YH-2026-0001", "护栏松", status, rectifier, due, null);
        var inspection = In(InspectionStatus.Finished);
        Assert.Contains("YH-2026-0001", Assert.Throws<Refusal>(() => inspection.Close([Problem(FindingStatus.Reported, null, null)], Now)).Message);
        Assert.True(Problem(FindingStatus.Assigned, Lead, Today).IsSettled);
        Assert.False(Problem(FindingStatus.Assigned, Lead, null).IsSettled);
        Assert.True(Problem(FindingStatus.Rejected, null, null).IsSettled);
        inspection.Close([Problem(FindingStatus.Assigned, Lead, Today)], Now);
    }

    [Fact]
    public void A_spot_check_also_waits_until_its_problems_are_explained()
    {
        var inspection = In(InspectionStatus.Finished, InspectionKind.SpotCheck);
        InspectionProblem[] problems = [new(Found, "YH-2026-0001", "护栏松", FindingStatus.Closed, Lead, Today, null)];
        var head = Guid.CreateVersion7();
        Assert.Contains("说清楚", Assert.Throws<Refusal>(() => inspection.Close(problems, Now)).Message);
        var first = inspection.Explain(Found, Words, head, Now, Today);
        Assert.Throws<Refusal>(() => inspection.Explain(Found, Words, head, Now, Today));
        Assert.Throws<Refusal>(() => inspection.Hear(first.Id, true, "", head, Now));
        Assert.Throws<Refusal>(() => inspection.Hear(first.Id, false, "", Lead, Now));
        inspection.Hear(first.Id, false, "没说谁验收", Lead, Now);
        var second = inspection.Explain(Found, Words, head, Now, Today);
        inspection.Hear(second.Id, true, "", Lead, Now);
        Assert.Throws<Refusal>(() => inspection.Explain(Found, Words, head, Now, Today));
        inspection.Close(problems, Now);
    }

    [Fact]
    public void A_spot_check_names_no_unit_and_everything_else_does()
    {
        Assert.Throws<Refusal>(() => new InspectionPlan(InspectionKind.SpotCheck, "抽查", Unit, null, Lead, Today, []).Check());
        Assert.Throws<Refusal>(() => new InspectionPlan(InspectionKind.Campaign, "啄木鸟", null, null, Lead, Today, []).Check());
        Assert.Throws<Refusal>(() => Planned(InspectionKind.SpotCheck).Start(null, Now));
    }

    [Fact]
    public void Those_checked_least_recently_are_drawn_from_and_the_draw_can_be_done_again()
    {
        Guid[] units = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())];
        (Guid, DateTimeOffset?)[] last = [(units[0], Now), (units[1], null), (units[2], null), (units[3], Now.AddDays(-90)), (units[4], null)];
        var drawn = Enumerable.Range(0, 300).Select(n => SpotCheckDraw.Of(Guid.CreateVersion7(), last, BitConverter.GetBytes(n), Now)).ToList();
        Assert.Equal(new[] { units[1], units[2], units[4] }.Order(), drawn.Select(draw => draw.UnitId).Distinct().Order());
        Assert.All(drawn, draw => Assert.Equal(draw.UnitId, SpotCheckDraw.Pick(draw.Candidates, draw.Seed)));
        Assert.All(drawn.CountBy(draw => draw.UnitId), count => Assert.InRange(count.Value, 60, 140));
    }
}
