using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Risks;

/// <summary>The risks part of “my work”: levels to agree to, reviews that come due, sessions to hold and to bring to an end; one question to the database for all.</summary>
public sealed class RiskWork(AppDb db, Me me, RiskAccess access, TimeProvider clock)
{
    const int MostPerKind = 50, LeadDays = 7;

    sealed class Row
    {
        public Guid Id { get; init; }
        public required string Act { get; init; }
        public required string Title { get; init; }
        public int Rank { get; init; }
        public DateOnly? On { get; init; }
        public DateTimeOffset Since { get; init; }
    }

    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<RiskWork>().WaitingIds(),
        (scope, cancel) => scope.GetRequiredService<RiskWork>().WaitingAsync(cancel));

    IQueryable<Guid> WaitingIds() => Risks().Select(risk => risk.Id).Concat(Sessions().Select(session => session.Id));

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var risks = Risks().Select(risk => new Row
        {
            Id = risk.Id, Act = risk.State == RiskState.Proposed ? "confirm" : "review", Title = risk.Title, Rank = risk.Rank, On = risk.ReviewOn,
            Since = risk.Assessments.Max(one => (DateTimeOffset?)one.At) ?? risk.IdentifiedAt,
        });
        var sessions = Sessions().Select(session => new Row
        {
            Id = session.Id, Act = session.Status == RiskSessionStatus.Held ? "end" : "hold", Title = session.Title, Rank = 0, On = session.PlannedOn, Since = session.HeldAt ?? session.PlannedAt,
        });
        var (rows, today) = (await risks.Concat(sessions).ToListAsync(cancel), clock.Today());
        return [.. rows.Select(row => LineOf(row, today))];
    }

    static WaitingLine LineOf(Row row, DateOnly today)
    {
        var level = row.Rank == 0 ? "" : ((RiskLevel)(row.Rank - 1)).Say();
        return row.Act switch
        {
            "confirm" => new(row.Id, "gavel", $"确认风险级别：{row.Title}", $"{level} · {row.Since.Say(today.Year)} 提出", $"/risks/{row.Id}#acts", "去确认", row.Since.PlantDate().AddDays(3)) { Since = row.Since, IsUrgent = true },
            "review" => new(row.Id, "refresh", $"复评风险：{row.Title}", $"{level} · {(row.On < today ? $"超期 {today.DayNumber - row.On.Value.DayNumber} 天" : $"{row.On!.Value.Say(today.Year)} 前复评")}",
                $"/risks/{row.Id}#acts", "去复评", row.On!.Value) { Since = row.Since, DueOn = row.On },
            _ => new(row.Id, "users-group", $"{(row.Act == "end" ? "结束研判" : "召开研判会")}：{row.Title}", $"{row.On!.Value.Say(today.Year)} 开会", $"/risk-sessions/{row.Id}", row.Act == "end" ? "去结束" : "去召开", row.On.Value.AddDays(3)) { Since = row.Since },
        };
    }

    /// <summary>Levels that I was asked to agree to; reviews of what I keep under control, and of what nobody does any more where I may assess.</summary>
    IQueryable<Risk> Risks()
    {
        var (soon, assess) = (clock.Today().AddDays(LeadDays), me.ReachOf(RiskPermissions.Assess));
        return access.Visible().AsNoTracking().Where(risk =>
                (risk.State == RiskState.Proposed && risk.Assessments.Any(one => one.Standing == AssessmentStanding.Proposed && one.ConfirmerId == me.PersonId))
                || (risk.ReviewOn <= soon && RiskStates.Reviewed.Contains(risk.State) && (risk.OwnerId == me.PersonId
                    || (!db.People.Any(person => person.Id == risk.OwnerId && person.LeftOn == null) && db.NodeClosure.Any(c => c.DescendantId == risk.UnitId && assess.Contains(c.AncestorId))))))
            .OrderBy(risk => risk.ReviewOn).ThenBy(risk => risk.Id).Take(MostPerKind);
    }

    /// <summary>Those of mine that are to be held, and those that are to be brought to an end.</summary>
    IQueryable<RiskSession> Sessions()
    {
        var today = clock.Today();
        return db.RiskSessions.AsNoTracking().Where(session => session.CompanyId == me.CompanyId && (session.ChairId == me.PersonId || session.PlannedById == me.PersonId)
            && (session.Status == RiskSessionStatus.Held || (session.Status == RiskSessionStatus.Planned && session.PlannedOn <= today))).OrderBy(session => session.PlannedOn).ThenBy(session => session.Id).Take(MostPerKind);
    }
}
