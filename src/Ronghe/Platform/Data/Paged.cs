using System.Text.Json.Serialization;

namespace Ronghe.Platform.Data;

/// <summary>A page of a list that goes on by keyset: cursors of its neighbours, and how many rows the whole list has.</summary>
/// <param name="Total">Counted up to <see cref="MostCounted"/>; more than that is not counted.</param>
public sealed record Paged<T>(IReadOnlyList<T> Rows, string? Next = null, string? Previous = null, int? Total = null)
{
    public const int MostCounted = 1000;

    /// <summary>“381” or “1000+”.</summary>
    [JsonIgnore]
    public string TotalText => Total is null ? "" : Total > MostCounted ? $"{MostCounted}+" : $"{Total}";
}
