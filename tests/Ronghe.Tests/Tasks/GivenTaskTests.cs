using Ronghe.Platform;
using Ronghe.Tasks;

namespace Ronghe.Tests.Tasks;

public class GivenTaskTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 16);
    static readonly Guid Giver = Guid.CreateVersion7(), Owner = Guid.CreateVersion7(), Confirmer = Guid.CreateVersion7(), Other = Guid.CreateVersion7();
    static readonly Guid Company = Guid.CreateVersion7(), Unit = Guid.CreateVersion7(), OtherUnit = Guid.CreateVersion7();

    static GivenTask Given(Guid? confirmer = null) =>
        GivenTask.Give(Guid.CreateVersion7(), Company, Unit, new NewTask("补齐防爆门围栏", "围栏闭合", Owner, Today.AddDays(7), confirmer ?? Confirmer), Giver, Now, Today);

    /// <summary>A task that was led to the state by its own verbs.</summary>
    static GivenTask In(TaskState state)
    {
        var task = Given();
        if (state == TaskState.Cancelled) task.Cancel("不再需要", Giver, Now);
        if (state is TaskState.Given or TaskState.Cancelled) return task;
        task.Start("", Owner, Now);
        if (state == TaskState.Doing) return task;
        task.Report("已装好", Owner, Now);
        if (state == TaskState.Reported) return task;
        task.Confirm("", Confirmer, Now);
        return task;
    }

    static void Do(TaskVerb verb, GivenTask task)
    {
        switch (verb)
        {
            case TaskVerb.Start: task.Start("", Owner, Now); break;
            case TaskVerb.Report: task.Report("已装好", Owner, Now); break;
            case TaskVerb.Confirm: task.Confirm("", Confirmer, Now); break;
            case TaskVerb.Return: task.Return("北侧还缺一段", Confirmer, Now); break;
            case TaskVerb.Extend: task.Extend(Today.AddDays(14), "材料晚到", Giver, Now); break;
            case TaskVerb.HandOver: task.HandOver(Other, OtherUnit, "原办理人外出培训", Giver, Now); break;
            case TaskVerb.Cancel: task.Cancel("不再需要", Giver, Now); break;
            default: throw new ArgumentOutOfRangeException(nameof(verb));
        }
    }

    /// <summary>For each state what can be done, written out by hand, so that a slip in the table shows.</summary>
    static readonly Dictionary<TaskState, TaskVerb[]> Expected = new()
    {
        [TaskState.Given] = [TaskVerb.Start, TaskVerb.Report, TaskVerb.Extend, TaskVerb.HandOver, TaskVerb.Cancel],
        [TaskState.Doing] = [TaskVerb.Report, TaskVerb.Extend, TaskVerb.HandOver, TaskVerb.Cancel],
        [TaskState.Reported] = [TaskVerb.Confirm, TaskVerb.Return, TaskVerb.Cancel],
        [TaskState.Confirmed] = [],
        [TaskState.Cancelled] = [],
    };

    public static TheoryData<TaskState, TaskVerb> EveryStateAndVerb() => StateMatrix.Of<TaskState, TaskVerb>(TaskStates.Possible.Keys);

    [Theory, MemberData(nameof(EveryStateAndVerb))]
    public void Each_state_allows_its_verbs_and_refuses_every_other_without_a_change(TaskState state, TaskVerb verb)
    {
        var task = In(state);
        Assert.Equal(state, task.State);
        var before = Facts(task);
        if (Expected[state].Contains(verb))
        {
            Assert.True(task.Can(verb));
            Do(verb, task);
            Assert.NotEqual(before, Facts(task));
        }
        else
        {
            Assert.NotNull(task.Obstacle(verb));
            Assert.NotEmpty(Assert.ThrowsAny<Refusal>(() => Do(verb, task)).Message);
            Assert.Equal(before, Facts(task));
        }
    }

    static string Facts(GivenTask t) =>
        string.Join('|', t.State, t.UnitId, t.OwnerId, t.ConfirmerId, t.DueOn, t.ReportedAt, t.ConfirmedAt, t.Extensions, t.Returns, t.Steps.Count);

    [Fact]
    public void Nobody_confirms_or_returns_his_own_task()
    {
        Assert.Throws<Forbidden>(() => In(TaskState.Reported).Confirm("", Owner, Now));
        Assert.Throws<Forbidden>(() => In(TaskState.Reported).Return("还缺", Owner, Now));
        Assert.Equal("ConfirmerId", Assert.Throws<Refusal>(() => Given(Owner)).Field);
    }

    [Fact]
    public void What_one_gives_to_oneself_needs_another_to_confirm()
    {
        GivenTask Own(Guid? confirmer) => GivenTask.Give(Guid.CreateVersion7(), Company, Unit, new NewTask("写总结", "", Giver, Today, confirmer), Giver, Now, Today);
        Assert.Equal("ConfirmerId", Assert.Throws<Refusal>(() => Own(null)).Field);
        Assert.Equal(Confirmer, Own(Confirmer).ConfirmerId);
    }

    [Fact]
    public void A_task_is_not_handed_over_to_its_confirmer_or_to_its_owner()
    {
        Assert.Throws<Refusal>(() => Given().HandOver(Confirmer, Unit, "忙", Giver, Now));
        Assert.Throws<Refusal>(() => Given().HandOver(Owner, Unit, "忙", Giver, Now));
    }

    [Fact]
    public void Handed_over_it_starts_anew_with_the_new_owner_alone()
    {
        var task = In(TaskState.Doing);
        task.HandOver(Other, OtherUnit, "外出", Giver, Now);
        Assert.Equal((TaskState.Given, Other, OtherUnit), (task.State, task.OwnerId, task.UnitId));
        Assert.Throws<Forbidden>(() => task.Report("好了", Owner, Now));
    }

    [Fact]
    public void Extending_needs_a_later_day_and_ends_at_the_limit()
    {
        var task = Given();
        Assert.Throws<Refusal>(() => task.Extend(task.DueOn, "材料晚到", Giver, Now));
        task.Extend(Today.AddDays(10), "材料晚到", Giver, Now);
        task.Extend(Today.AddDays(20), "材料晚到", Giver, Now);
        Assert.Contains("上限", Assert.Throws<Refusal>(() => task.Extend(Today.AddDays(30), "材料晚到", Giver, Now)).Message);
    }

    [Fact]
    public void Reasons_and_results_are_never_blank()
    {
        Assert.Throws<Refusal>(() => Given().Report(" ", Owner, Now));
        Assert.Throws<Refusal>(() => In(TaskState.Reported).Return(" ", Confirmer, Now));
        Assert.Throws<Refusal>(() => Given().Cancel("", Giver, Now));
        Assert.Throws<Refusal>(() => Given().HandOver(Other, Unit, "", Giver, Now));
        Assert.Contains("文字还在", Assert.Throws<Refusal>(() => Given().Report(new string('长', 3000), Owner, Now)).Message);
    }

    [Fact]
    public void It_is_overdue_only_while_it_is_to_be_done()
    {
        var task = Given();
        Assert.False(task.IsOverdue(task.DueOn));
        Assert.True(task.IsOverdue(task.DueOn.AddDays(1)));
        task.Report("好了", Owner, Now);
        Assert.False(task.IsOverdue(task.DueOn.AddDays(1)));
    }
}
