using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Robots;

namespace Ronghe.Organisation.Robots;

public sealed record RobotRow(
    Guid Id, string Title, Guid NodeId, string NodeName, RobotPlatform Platform, bool IsOn, DateTimeOffset? StoppedAt, DateTimeOffset? LastSentAt, int Waiting, int Failed);

/// <summary>A robot as whoever arranges it sees it: of its address only the end, of its secret only whether there is one.</summary>
public sealed record RobotDetail(
    Guid Id, int Version, string Title, Guid NodeId, string NodeName, RobotPlatform Platform, string AddressHint, bool HasSecret, string Home, IReadOnlyList<string> Kinds,
    bool IsGathered, bool ShowsPlaces, TimeOnly QuietFrom, TimeOnly QuietTo, TimeOnly DigestAt, bool IsOn, string Owner,
    DateTimeOffset? StoppedAt, string? StoppedWhy, DateTimeOffset? LastSentAt);

public sealed record RobotMessageRow(
    Guid Id, string Kind, string KindTitle, string Words, string Href, RobotMessageState State, string StateTitle, DateTimeOffset At, DateTimeOffset DueAt, DateTimeOffset? NextTryAt,
    int Tries, DateTimeOffset? SentAt, int? AnswerCode, string? Answer, bool CanSendAgain);

/// <summary>The robots that I may arrange, and what became of their messages.</summary>
public sealed class RobotQueries(AppDb db, RobotAccess access, RobotNewsKinds kinds)
{
    const int MostRobots = 500, PerPage = 50;

    public async Task<IReadOnlyList<RobotRow>> ListAsync(CancellationToken cancel = default) => await (
        from robot in access.Visible().AsNoTracking()
        join node in db.Nodes on robot.NodeId equals node.Id
        join condition in db.RobotConditions on robot.Id equals condition.RobotId
        orderby node.Code, robot.Title, robot.Id
        select new RobotRow(robot.Id, robot.Title, robot.NodeId, node.Name, robot.Platform, robot.IsOn, condition.StoppedAt, condition.LastSentAt,
            db.RobotMessages.Count(message => message.RobotId == robot.Id && message.State == RobotMessageState.Waiting),
            db.RobotMessages.Count(message => message.RobotId == robot.Id && message.State == RobotMessageState.Failed))).Take(MostRobots).ToListAsync(cancel);

    public async Task<RobotDetail> FindAsync(Guid id, CancellationToken cancel = default) => await (
        from robot in access.Visible().AsNoTracking()
        join condition in db.RobotConditions on robot.Id equals condition.RobotId
        where robot.Id == id
        select new RobotDetail(robot.Id, robot.Version, robot.Title, robot.NodeId, db.Nodes.First(node => node.Id == robot.NodeId).Name, robot.Platform, robot.AddressHint, robot.Secret != null,
            robot.Home, robot.Kinds, robot.IsGathered, robot.ShowsPlaces, robot.QuietFrom, robot.QuietTo, robot.DigestAt, robot.IsOn,
            db.People.First(person => person.Id == robot.OwnerId).Name, condition.StoppedAt, condition.StoppedWhy, condition.LastSentAt))
        .SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个群机器人");

    /// <summary>Newest first; nothing of it says more than the group was told.</summary>
    public async Task<Paged<RobotMessageRow>> MessagesAsync(Guid id, string? after, CancellationToken cancel = default)
    {
        if (!await access.Visible().AnyAsync(robot => robot.Id == id, cancel)) throw new NotFound("这个群机器人");
        var messages = db.RobotMessages.AsNoTracking().Where(message => message.RobotId == id);
        if (Cursor.Parse(after) is { } last) messages = messages.Where(message => EF.Functions.LessThan(ValueTuple.Create(message.At, message.Id), ValueTuple.Create(last.At, last.Id)));
        var rows = await messages.OrderByDescending(message => message.At).ThenByDescending(message => message.Id).Take(PerPage + 1).ToListAsync(cancel);
        var shown = rows.Take(PerPage).Select(Row).ToList();
        return rows.Count > PerPage ? new(shown, new Cursor(rows[PerPage - 1].At, rows[PerPage - 1].Id).ToString()) : new(shown);
    }

    RobotMessageRow Row(RobotMessage message) => new(
        message.Id, message.Kind, kinds.TitleOf(message.Kind), message.Kind is RobotNewsKinds.Test or RobotNewsKinds.Digest ? "" : kinds.Say(message.Kind, message.Count), message.Href,
        message.State, message.State.Title(), message.At, message.DueAt, message.State == RobotMessageState.Waiting ? message.NextTryAt : null, message.Tries, message.SentAt,
        message.AnswerCode, message.Answer, message.CanSendAgain);
}
