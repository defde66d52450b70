using Ronghe.Organisation.Counts;

namespace Ronghe.Findings;

/// <summary>
/// What is counted of findings, unit by unit: how many in each state, assigned ones by deadline, so that what is overdue follows
/// from the day. The database itself notes every change of the table: no way of writing, by form, by file or by repair, can forget to.
/// </summary>
public static class FindingCounting
{
    public static string NameOf(FindingStatus status) => "finding." + status;

    public static string[] NamesOf(IEnumerable<FindingStatus> statuses) => [.. statuses.Select(NameOf)];

    public static readonly CountSource Source = new("隐患与问题", """
        select unit_id, name, "day", count(*) amount from (
            select unit_id, 'finding.' || status name, case when status = 'Assigned' then coalesce(due_on, '-infinity') else '-infinity' end "day" from findings) f
        group by unit_id, name, "day"
        """);
}
