using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Ronghe.Platform.Data;

namespace Ronghe.Platform.Journal;

/// <summary>Stands on a stored value that is worked out from others and may be worked out anew without anybody's act.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DerivedAttribute : Attribute;

/// <summary>
/// What a record holds, as one SHA-256: each value with its name, by name. Empty values (null, 0, false, "", an empty list) are left
/// out, so that a column added later does not alter the digests of older records. The version stands beside the digest, not in it; JSON
/// columns are left out, for the database rewrites them.
/// </summary>
public static class RecordDigest
{
    static readonly ConcurrentDictionary<IEntityType, Value[]> Values = new();

    sealed record Value(string Name, Func<object, object?> Read);

    public static byte[] Of(IEntityType type, object record)
    {
        var text = new StringBuilder();
        foreach (var value in Values.GetOrAdd(type, ValuesOf))
            if (Say(value.Read(record)) is { Length: > 0 } said)
                text.Append(value.Name).Append('=').Append(said.Length).Append(':').Append(said).Append('\n');
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    static Value[] ValuesOf(IEntityType type) => [..
        from property in type.GetProperties()
        where property.Name != nameof(Aggregate.Version) && property.PropertyInfo is { } info && !info.IsDefined(typeof(DerivedAttribute), inherit: true) && property.GetColumnType() != "jsonb"
        orderby property.Name
        let getter = property.GetGetter()
        let converter = property.GetTypeMapping().Converter
        select new Value(property.Name, record => getter.GetClrValue(record) is { } value && converter is not null ? converter.ConvertToProvider(value) : getter.GetClrValue(record))];

    static string? Say(object? value) => value switch
    {
        null or 0 or 0L or false or 0m or 0d => null,
        string text => text,
        byte[] bytes => Convert.ToHexStringLower(bytes),
        DateTimeOffset at => SealedRow.Microseconds(at).ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("G29", CultureInfo.InvariantCulture),
        IEnumerable list => string.Concat(list.Cast<object?>().Select(Say).Select(said => $"{said?.Length ?? -1}:{said},")),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
