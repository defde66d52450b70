using System.Text.RegularExpressions;
using Ronghe.Findings;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Web;
using Ronghe.Tasks;

namespace Ronghe.PartyLife.Meetings;

/// <summary>What an item may be about: findings and open tasks by words; anything else by the address of its page, pasted.</summary>
static partial class AgendaSubjects
{
    const int Most = 10;

    public static async Task<IReadOnlyList<Pick>> FindAsync(HttpContext http, string q, CancellationToken cancel)
    {
        var services = http.RequestServices;
        if (Address().Match(q) is { Success: true } address) return await ByAddressAsync(services, Guid.Parse(address.Value), cancel);
        var tasks = await services.GetRequiredService<TaskQueries>().ListAsync(new() { Text = q, Open = true, Limit = Most }, cancel);
        var findings = await services.GetRequiredService<FindingQueries>().ListAsync(new FindingFilter { Text = q, Limit = Most }, cancel);
        return [.. findings.Rows.Select(row => new Pick(row.Id, row.Description, $"隐患 {row.Number}")), .. tasks.Rows.Select(row => new Pick(row.Id, row.Title, $"待办 · {row.OwnerName}"))];
    }

    static async Task<IReadOnlyList<Pick>> ByAddressAsync(IServiceProvider services, Guid id, CancellationToken cancel)
    {
        var (links, catalogue) = (services.GetRequiredService<LinkNames>(), services.GetRequiredService<JournalCatalogue>());
        foreach (var subject in catalogue.Subjects.Where(subject => links.Knows(subject.Kind)))
            if (await links.OfAsync(subject.Kind, id, cancel) is { } name) return [new(id, name, subject.Title)];
        return [];
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Address();
}
