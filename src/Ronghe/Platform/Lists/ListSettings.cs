using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Data;

namespace Ronghe.Platform.Lists;

public sealed record SavedFilterRow(Guid Id, string Name, string Query, bool IsDefault);

/// <summary>How one person wants one list.</summary>
public sealed record ListSettings(string List, IReadOnlyList<SavedFilterRow> Filters, IReadOnlySet<string> Hidden)
{
    public static ListSettings None(string list) => new(list, [], new HashSet<string>());

    /// <summary>Where the list goes when nothing is asked for: the words of the default filter; null to stay.</summary>
    public string? DefaultFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.QueryString.HasValue && Filters.FirstOrDefault(filter => filter.IsDefault) is { } own ? $"{request.Path}?{own.Query}" : null;
}

/// <summary>A line of somebody's settings, in a shape that can be read together with other choices, in their round trip.</summary>
public sealed record ListSettingLine
{
    public Guid? Id { get; init; }
    /// <summary>A filter's name; null for the columns.</summary>
    public string? Name { get; init; }
    public required string Words { get; init; }
    public bool IsDefault { get; init; }
}

/// <summary>Reads how a person wants a list.</summary>
public sealed class ListSettingQueries(AppDb db, ReadOnce once)
{
    public Task<ListSettings> ForAsync(Guid personId, string list, CancellationToken cancel = default) =>
        once.GetAsync(("list", personId, list), async () => Of(list, await Lines(personId, list).ToListAsync(cancel)));

    /// <summary>To be read in a round trip that is made anyway.</summary>
    public IQueryable<ListSettingLine> Lines(Guid personId, string list) =>
        db.SavedFilters.Where(filter => filter.PersonId == personId && filter.List == list)
            .Select(filter => new ListSettingLine { Id = filter.Id, Name = filter.Name, Words = filter.Query, IsDefault = filter.IsDefault })
            .Concat(db.ListColumns.Where(columns => columns.PersonId == personId && columns.List == list)
                .Select(columns => new ListSettingLine { Id = null, Name = null, Words = columns.Hidden, IsDefault = false }));

    public static ListSettings Of(string list, IReadOnlyCollection<ListSettingLine> lines) => new(
        list,
        [.. lines.Where(line => line.Name is not null).OrderBy(line => line.Id).Select(line => new SavedFilterRow(line.Id!.Value, line.Name!, line.Words, line.IsDefault))],
        lines.Where(line => line.Name is null).SelectMany(line => line.Words.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToHashSet());
}
