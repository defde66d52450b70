using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Duties;

/// <summary>Says that a duty does not apply to a subject this time, and takes it back. Nobody says that a duty is done: the records do.</summary>
public sealed class DutyActions(AppDb db, Me me, DutyRulebook rulebook, DutyCoverage coverage, TimeProvider clock)
{
    public const string Kind = "duty-excuse";

    /// <param name="code">Which duty.</param>
    /// <param name="subjectId">Whose.</param>
    /// <param name="day">Any day of the period.</param>
    /// <param name="reason">Why it does not apply.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Guid> ExcuseAsync(string code, Guid subjectId, DateOnly day, string reason, CancellationToken cancel = default)
    {
        var duty = await rulebook.OneAsync(code, cancel);
        await RequireAsync(duty, subjectId, cancel);
        var period = duty.Definition.Cadence.Of(day);
        if (await db.DutyExcuses.AnyAsync(one => one.SubjectId == subjectId && one.Code == code && one.From == period.From && one.WithdrawnAt == null, cancel))
            throw Twice();
        var excuse = new DutyExcuse(me.CompanyId, code, subjectId, period, reason, me.PersonId, clock.GetUtcNow());
        db.DutyExcuses.Add(excuse);
        db.Record(excuse, Kind, Kind + ".given", me.PersonId, clock.GetUtcNow(), me.CompanyId, new { code, subjectId, excuse.From, excuse.Reason });
        if (!await db.SaveNewAsync(cancel)) throw Twice();
        return excuse.Id;
    }

    static Refusal Twice() => new("这一期已经登记为不适用，没有再登记一次。");

    public async Task WithdrawAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var excuse = await db.DutyExcuses.SingleOrDefaultAsync(one => one.Id == id && one.CompanyId == me.CompanyId, cancel) ?? throw new NotFound("这条“本期不适用”");
        await RequireAsync(await rulebook.OneAsync(excuse.Code, cancel), excuse.SubjectId, cancel);
        if (excuse.Version != version) throw new StaleWrite("这条“本期不适用”刚刚被别人改过，没有撤回。请刷新后再看。");
        excuse.Withdraw(clock.GetUtcNow());
        db.Record(excuse, Kind, Kind + ".withdrawn", me.PersonId, clock.GetUtcNow(), me.CompanyId, new { excuse.Code, excuse.SubjectId, excuse.From });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Nobody excuses himself: whoever owes it and oversees it asks the one above.</summary>
    async Task RequireAsync(Duty duty, Guid subjectId, CancellationToken cancel)
    {
        if (!duty.IsKnown) throw new NotFound("这项义务");
        if (!await coverage.OverseesAsync(duty, subjectId, cancel)) throw new NotFound("这个责任对象");
        if (await duty.Subject!.Find(db, me.CompanyId, clock.Today()).AnyAsync(subject => subject.Id == subjectId && subject.PersonId == me.PersonId, cancel))
            throw new Forbidden("自己要办的义务不能由自己登记为不适用，没有登记。请上一级登记。");
    }
}
