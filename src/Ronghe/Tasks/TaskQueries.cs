using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.Tasks;

/// <summary>One line of a list.</summary>
public sealed record TaskRow(
    Guid Id, int Version, string Title, TaskState State, Guid OwnerId, string OwnerName, string UnitName, string? GiverName, string ConfirmerName, DateOnly DueOn, DateTimeOffset GivenAt);

/// <summary>What a list is asked for. Blank means everything that I may see.</summary>
public sealed record TaskFilter
{
    public const int MostPerPage = 200;

    public Guid? Unit { get; init; }
    public TaskState? State { get; init; }
    public bool Open { get; init; }
    public bool Overdue { get; init; }
    /// <summary>Those that I do, gave or confirm.</summary>
    public bool Mine { get; init; }
    /// <summary>Those that wait for me to act.</summary>
    public bool Waiting { get; init; }
    public string? Text { get; init; }
    public string? After { get; init; }
    public int Limit { get; init; } = 50;
}

public sealed record TaskCounts(int Waiting, int Open, int Overdue);

/// <summary>One task with everything a page shows, and what the caller may do now.</summary>
public sealed record TaskDetail(
    GivenTask Task, string Owner, string Unit, string? Giver, string Confirmer, IReadOnlyList<TaskStepLine> Steps, TaskOriginLine? Origin, IReadOnlyList<TaskActLine> Acts)
{
    public TaskActLine? Act(TaskVerb verb) => Acts.FirstOrDefault(act => act.Verb == verb);
    public bool Can(TaskVerb verb) => Act(verb) is { Obstacle: null };
}

public sealed record TaskStepLine(TaskVerb Verb, TaskState To, string? By, DateTimeOffset At, string Note);

/// <summary>Where it comes from; without a name where the caller may not see the origin itself.</summary>
public sealed record TaskOriginLine(string KindTitle, string? Name, string? Href);

/// <summary>An act that is this person's business: possible now, or not, with the reason in one sentence.</summary>
public sealed record TaskActLine(TaskVerb Verb, string? Obstacle);

/// <summary>Lists of tasks and single ones. Newest first, paged by key, within what the caller may see.</summary>
public sealed class TaskQueries(AppDb db, Me me, TaskAccess access, TaskWork work, LinkNames links, JournalCatalogue catalogue, TimeProvider clock)
{
    public async Task<Paged<TaskRow>> ListAsync(TaskFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, TaskFilter.MostPerPage);
        var rows = await Rows(Matching(filter)).Take(limit + 1).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? new Cursor(rows[^1].GivenAt, rows[^1].Id).ToString() : null);
    }

    /// <summary>Of one record, for its own page: whoever may see the record sees what was promised because of it.</summary>
    public async Task<IReadOnlyList<TaskRow>> OfOriginAsync(string kind, Guid id, CancellationToken cancel = default) =>
        await Rows(db.Tasks.AsNoTracking().Where(task => db.Links.Any(link => link.FromKind == kind && link.FromId == id && link.ToKind == TaskActions.Kind && link.ToId == task.Id)))
            .Take(TaskFilter.MostPerPage).ToListAsync(cancel);

    public async Task<TaskCounts> CountsAsync(CancellationToken cancel = default)
    {
        var (today, waiting, visible) = (clock.Today(), work.WaitingIds(), access.Visible());
        return await db.Units.Where(unit => unit.Id == me.CompanyId).Select(_ => new TaskCounts(
            waiting.Count(),
            visible.Count(task => TaskStates.Open.Contains(task.State)),
            visible.Count(task => (task.State == TaskState.Given || task.State == TaskState.Doing) && task.DueOn < today))).SingleOrDefaultAsync(cancel) ?? new(0, 0, 0);
    }

    public async Task<TaskDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Where(task => task.Id == id).Select(task => new
        {
            Task = task,
            Path = db.NodeClosure.Where(c => c.DescendantId == task.UnitId).Select(c => c.AncestorId).ToArray(),
            Owner = db.People.First(p => p.Id == task.OwnerId).Name, Unit = db.Units.First(u => u.Id == task.UnitId).Name,
            Giver = db.People.Where(p => p.Id == task.GiverId).Select(p => p.Name).FirstOrDefault(), Confirmer = db.People.First(p => p.Id == task.ConfirmerId).Name,
            Origin = db.Links.Where(link => link.ToKind == TaskActions.Kind && link.ToId == id).OrderBy(link => link.At).Select(link => new { link.FromKind, link.FromId }).FirstOrDefault(),
        }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这件交办事项");
        var acts = TaskStates.Possible.Keys.Where(verb => access.MayEver(found.Task, verb, found.Path))
            .Select(verb => new TaskActLine(verb, access.Obstacle(found.Task, verb, found.Path))).ToList();
        var origin = found.Origin is null ? null : await OriginAsync(found.Origin.FromKind, found.Origin.FromId, cancel);
        return new(found.Task, found.Owner, found.Unit, found.Giver, found.Confirmer, await StepsAsync(id, cancel), origin, acts);
    }

    /// <summary>What a form born of another record says of it.</summary>
    public async Task<TaskOriginLine> OriginAsync(string kind, Guid id, CancellationToken cancel = default)
    {
        var name = await links.OfAsync(kind, id, cancel);
        return new(catalogue.TitleOf(kind), name, name is null ? null : catalogue.Of(kind)?.Href?.Invoke(id));
    }

    Task<List<TaskStepLine>> StepsAsync(Guid id, CancellationToken cancel) => (
        from step in db.TaskSteps
        where step.TaskId == id
        orderby step.Version descending
        select new TaskStepLine(step.Verb, step.To, db.People.Where(p => p.Id == step.ById).Select(p => p.Name).FirstOrDefault(), step.At, step.Note)).ToListAsync(cancel);

    IQueryable<GivenTask> Matching(TaskFilter filter)
    {
        var (today, tasks) = (clock.Today(), access.Visible().AsNoTracking());
        if (filter.Waiting)
        {
            var waiting = work.WaitingIds();
            tasks = tasks.Where(task => waiting.Contains(task.Id));
        }
        if (filter.Mine) tasks = tasks.Where(task => task.OwnerId == me.PersonId || task.GiverId == me.PersonId || task.ConfirmerId == me.PersonId);
        if (filter.Unit is { } unit) tasks = tasks.Where(task => db.NodeClosure.Any(c => c.DescendantId == task.UnitId && c.AncestorId == unit));
        if (filter.State is { } state) tasks = tasks.Where(task => task.State == state);
        if (filter.Open) tasks = tasks.Where(task => TaskStates.Open.Contains(task.State));
        if (filter.Overdue) tasks = tasks.Where(task => (task.State == TaskState.Given || task.State == TaskState.Doing) && task.DueOn < today);
        if (!string.IsNullOrWhiteSpace(filter.Text)) tasks = tasks.Where(task => task.Title.Contains(filter.Text.Trim()));
        return Cursor.Parse(filter.After) is { } after
            ? tasks.Where(task => EF.Functions.LessThan(ValueTuple.Create(task.GivenAt, task.Id), ValueTuple.Create(after.At, after.Id)))
            : tasks;
    }

    IQueryable<TaskRow> Rows(IQueryable<GivenTask> tasks) =>
        from task in tasks
        orderby task.GivenAt descending, task.Id descending
        select new TaskRow(task.Id, task.Version, task.Title, task.State, task.OwnerId, db.People.First(p => p.Id == task.OwnerId).Name, db.Units.First(u => u.Id == task.UnitId).Name,
            db.People.Where(p => p.Id == task.GiverId).Select(p => p.Name).FirstOrDefault(), db.People.First(p => p.Id == task.ConfirmerId).Name, task.DueOn, task.GivenAt);
}
