using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Ronghe.Platform.Data;

/// <summary>Stored values of a record as JSON, by property, in the form the database holds; for putting them back.</summary>
public static class Snapshot
{
    const string Parts = "$parts";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Values before the pending change: those that change, or all of them. The version is not among them.</summary>
    /// <param name="entry">The tracked record.</param>
    /// <param name="whole">All values instead of the changed ones.</param>
    /// <param name="parts">What else belongs to it, for whoever restores it.</param>
    public static string Of(EntityEntry entry, bool whole, object? parts = null)
    {
        var values = new Dictionary<string, object?>();
        foreach (var property in entry.Properties)
            if (property.Metadata.Name != nameof(Aggregate.Version) && (whole || property.IsModified))
                values[property.Metadata.Name] = property.OriginalValue;
        if (parts is not null) values[Parts] = parts;
        return JsonSerializer.Serialize(values, Json);
    }

    /// <summary>Puts stored values back into a tracked record.</summary>
    public static void Restore(EntityEntry entry, string snapshot)
    {
        using var json = JsonDocument.Parse(snapshot);
        foreach (var value in json.RootElement.EnumerateObject())
        {
            if (value.Name == Parts) continue;
            var property = entry.Property(value.Name);
            if (property.Metadata.IsPrimaryKey()) continue;
            property.CurrentValue = value.Value.Deserialize(property.Metadata.ClrType, Json);
        }
    }

    public static T? PartsOf<T>(string snapshot) where T : class
    {
        using var json = JsonDocument.Parse(snapshot);
        return json.RootElement.TryGetProperty(Parts, out var parts) ? parts.Deserialize<T>(Json) : null;
    }
}
