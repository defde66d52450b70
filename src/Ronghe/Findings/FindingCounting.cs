using Ronghe.Organisation.Counts;

namespace Ronghe.Findings;

/// <summary>
/// What is counted of findings, unit by unit: how many in each state, how many open, and how many are due on which day, so that what
/// is overdue follows from the day. The database itself notes every change of the table: no way of writing, by form, by file or by
/// repair, can forget to.
/// </summary>
public static class FindingCounting
{
    public const string Open = "finding.open", Due = "finding.due";

    public static string NameOf(FindingStatus status) => "finding." + status;

    public static readonly CountSource Source = new("隐患与问题", """
        select unit_id, name, "day", count(*) amount from findings cross join lateral (values
            ('finding.' || status, date '-infinity'),
            (case when status in ('Reported', 'Assigned', 'Rectified', 'Verified') then 'finding.open' end, '-infinity'),
            (case when status = 'Assigned' and due_on is not null then 'finding.due' end, due_on)) counted (name, "day")
        where name is not null
        group by unit_id, name, "day"
        """);
}
