using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.Tasks;

/// <summary>Every act on a task by a person: load what I may see → may I → do → journal → one save.</summary>
public sealed class TaskActions(AppDb db, Me me, TaskAccess access, LinkNames links, TimeProvider clock)
{
    public const string Kind = "task";

    /// <summary>By hand, with an id made by the caller: sent twice, it is stored once.</summary>
    public async Task GiveAsync(Guid id, NewTask facts, TaskOrigin? origin = null, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每件事生成一个 UUIDv7。", "id");
        if (await IsRepeatedAsync(id, facts, cancel)) return;
        facts.Check(me.PersonId, clock.Today());
        if (origin is not null && await links.OfAsync(origin.Kind, origin.Id, cancel) is null) throw new NotFound("这件事的来源");
        await AddAsync(id, facts, origin, mayOnlyReach: true, cancel);
        if (!await db.SaveNewAsync(cancel)) await IsRepeatedAsync(id, facts, cancel);
    }

    /// <summary>For other capabilities, whose own act has asked for the right: the task is saved together with what it is born of.</summary>
    public Task<GivenTask> AddAsync(NewTask facts, TaskOrigin origin, CancellationToken cancel = default) => AddAsync(Guid.CreateVersion7(), facts, origin, cancel);

    /// <summary>The same with an id that the caller made.</summary>
    public Task<GivenTask> AddAsync(Guid id, NewTask facts, TaskOrigin origin, CancellationToken cancel = default) => AddAsync(id, facts, origin, mayOnlyReach: false, cancel);

    /// <summary>For other capabilities, whose own act has asked for the right: what it was born of is taken back by the same save.</summary>
    public async Task WithdrawAsync(Guid id, string reason, CancellationToken cancel = default)
    {
        var task = await db.Tasks.SingleAsync(task => task.Id == id && task.CompanyId == me.CompanyId, cancel);
        task.Cancel(reason, me.PersonId, clock.GetUtcNow());
        Record(task, TaskVerb.Cancel);
    }

    public Task StartAsync(Guid id, int version, string note, CancellationToken cancel = default) =>
        ActAsync(id, version, TaskVerb.Start, (task, at) => task.Start(note, me.Id, at), cancel);

    public Task ReportAsync(Guid id, int version, string note, CancellationToken cancel = default) =>
        ActAsync(id, version, TaskVerb.Report, (task, at) => task.Report(note, me.Id, at), cancel);

    public Task ConfirmAsync(Guid id, int version, string note, CancellationToken cancel = default) =>
        ActAsync(id, version, TaskVerb.Confirm, (task, at) => task.Confirm(note, me.Id, at), cancel);

    public Task ReturnAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, TaskVerb.Return, (task, at) => task.Return(reason, me.Id, at), cancel);

    public Task ExtendAsync(Guid id, int version, DateOnly until, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, TaskVerb.Extend, (task, at) => task.Extend(until, reason, me.PersonId, at), cancel);

    public async Task HandOverAsync(Guid id, int version, Guid toId, string reason, CancellationToken cancel = default)
    {
        var task = await LoadAsync(id, version, TaskVerb.HandOver, cancel);
        var unit = await UnitOfAsync(toId, "ToId", cancel);
        task.HandOver(toId, unit, reason, me.PersonId, clock.GetUtcNow());
        Record(task, TaskVerb.HandOver);
        await db.SaveChangesAsync(cancel);
    }

    public Task CancelAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, TaskVerb.Cancel, (task, at) => task.Cancel(reason, me.PersonId, at), cancel);

    async Task<bool> IsRepeatedAsync(Guid id, NewTask facts, CancellationToken cancel)
    {
        var already = await db.Tasks.Where(task => task.Id == id).Select(task => new { task.GiverId, task.Title }).SingleOrDefaultAsync(cancel);
        if (already is null) return false;
        return already.GiverId == me.PersonId && already.Title == facts.Title.Trim() ? true : throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再交办。", "id");
    }

    async Task<GivenTask> AddAsync(Guid id, NewTask facts, TaskOrigin? origin, bool mayOnlyReach, CancellationToken cancel)
    {
        facts.Check(me.PersonId, clock.Today());
        var unit = await UnitOfAsync(facts.OwnerId, nameof(facts.OwnerId), cancel);
        if (facts.ConfirmerId is { } confirmer) await UnitOfAsync(confirmer, nameof(facts.ConfirmerId), cancel);
        if (mayOnlyReach && !me.May(TaskPermissions.Give, await db.NodeClosure.Where(c => c.DescendantId == unit).Select(c => c.AncestorId).ToArrayAsync(cancel)))
            throw new Refusal("您只能交办给自己管理范围内的人，没有保存，填写的内容还在。请改选办理人，或请上级交办。", nameof(facts.OwnerId));
        var task = GivenTask.Give(id, me.CompanyId, unit, facts, me.PersonId, clock.GetUtcNow(), clock.Today());
        db.Tasks.Add(task);
        if (origin is not null) db.Link((origin.Kind, origin.Id), (Kind, id), origin.Relation, me, clock.GetUtcNow());
        Record(task, TaskVerb.Give);
        return task;
    }

    async Task ActAsync(Guid id, int version, TaskVerb verb, Action<GivenTask, DateTimeOffset> act, CancellationToken cancel)
    {
        var task = await LoadAsync(id, version, verb, cancel);
        act(task, clock.GetUtcNow());
        Record(task, verb);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What I may see, in the version I saw, if I may do this to it.</summary>
    async Task<GivenTask> LoadAsync(Guid id, int version, TaskVerb verb, CancellationToken cancel)
    {
        var found = await access.Visible().Where(task => task.Id == id)
            .Select(task => new { Task = task, Path = db.NodeClosure.Where(c => c.DescendantId == task.UnitId).Select(c => c.AncestorId).ToArray() })
            .SingleOrDefaultAsync(cancel) ?? throw new NotFound("这件交办事项");
        if (found.Task.Version != version) throw new StaleWrite(await WhatChangedAsync(id, version, cancel));
        if (!access.MayEver(found.Task, verb, found.Path)) throw new Forbidden(TaskAccess.Stranger(verb));
        return found.Task;
    }

    async Task<string> WhatChangedAsync(Guid id, int version, CancellationToken cancel)
    {
        var steps = await (
            from step in db.TaskSteps
            where step.TaskId == id && step.Version > version
            orderby step.Version
            select new { step.Verb, step.At, By = db.People.Where(p => p.Id == step.ById).Select(p => p.Name).FirstOrDefault() }).Take(5).ToListAsync(cancel);
        var changes = string.Join("；", steps.Select(s => $"{s.By ?? "系统"} {s.At.ToPlant():MM-dd HH:mm} {s.Verb.Title()}"));
        return $"您打开以后这件事有了变化：{changes}。您的这次办理没有保存，填写的内容还在。请看过最新情况再办。";
    }

    async Task<Guid> UnitOfAsync(Guid personId, string field, CancellationToken cancel) =>
        await db.People.Where(p => p.Id == personId && p.CompanyId == me.CompanyId && p.LeftOn == null).Select(p => (Guid?)p.UnitId).SingleOrDefaultAsync(cancel)
            ?? throw new Refusal("没有找到这位同事，或他已离岗，没有保存。请重新选择。", field);

    void Record(GivenTask task, TaskVerb verb) =>
        db.Record(task, Kind, TaskJournal.EventOf(verb), me.PersonId, clock.GetUtcNow(), task.UnitId, new { task.State, task.OwnerId, task.DueOn });
}
