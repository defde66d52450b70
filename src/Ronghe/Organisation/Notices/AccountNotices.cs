using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;
using Ronghe.Platform.Notices;

namespace Ronghe.Organisation.Notices;

/// <summary>What somebody else did to a person's account, that person is told.</summary>
static class AccountNotices
{
    public static readonly NoticeKind Changed = new("account.changed", "我的账号有安全变动", "您的账号有一项安全变动，请登录平台核对。") { IsMandatory = true };

    public static readonly NoticeSource Source = new(async (scope, rows, cancel) =>
    {
        var mine = rows.Where(row => row is { SubjectKind: AccountJournal.Kind, ActorId: not null } && row.Event is not (AccountJournal.SignedIn or AccountJournal.SignedOut)).ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var people = await scope.GetRequiredService<AppDb>().Users.Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.PersonId, cancel);
        return [.. from row in mine
                   where people.TryGetValue(row.SubjectId, out var person) && person != row.ActorId
                   select new NoticeDraft(people[row.SubjectId], Changed.Key, $"journal {row.Seq}", $"管理员对您的账号办理了“{AccountJournal.Subject.Events.GetValueOrDefault(row.Event, "变更")}”。不是您要求的，请马上联系安全保密管理员。", "/me")];
    });
}
