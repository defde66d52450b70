using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Ronghe.Platform.Data;

namespace Ronghe.Platform.Journal;

/// <summary>
/// Stands on what belongs to a record and has a table of its own: a step, a photo. It is written, altered and removed only together
/// with a row of the journal about the record, and that row tells its digest.
/// </summary>
/// <param name="record">The aggregate to whose table the foreign key leads.</param>
/// <param name="title">What people call it.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PartOfAttribute(Type record, string title) : Attribute
{
    public Type Record => record;
    public string Title => title;
}

/// <summary>A kind of part, as it is stored.</summary>
public sealed class PartKind(IEntityType type, IForeignKey toRecord, string title)
{
    readonly IClrPropertyGetter _owner = toRecord.Properties[0].GetGetter();
    readonly IClrPropertyGetter[] _key = [.. type.FindPrimaryKey()!.Properties.Except(toRecord.Properties).Select(property => property.GetGetter())];

    public IEntityType Type => type;
    public IProperty Owner => toRecord.Properties[0];
    public string Title => title;

    public Guid OwnerOf(object part) => (Guid)_owner.GetClrValue(part)!;

    /// <summary>Tells it from the other parts of its record.</summary>
    public string KeyOf(object part) => string.Join('/', _key.Select(value => value.GetClrValue(part)));

    /// <summary>Half of a SHA-256: what somebody would put in its place is found all the same.</summary>
    public string DigestOf(object part) => Convert.ToBase64String(RecordDigest.Of(type, part).AsSpan(0, 16));

    internal IEnumerable<object> In(object record) => toRecord.PrincipalToDependent is { IsCollection: true } all ? ((IEnumerable?)all.GetGetter().GetClrValue(record))?.Cast<object>() ?? [] : [];
}

/// <summary>What a row of the journal tells of parts: for each that the save adds or alters its digest, for each that it removes nothing.</summary>
public static class RecordParts
{
    /// <summary>Of the particular that tells of them. A row of a kind that has parts always carries it; one from before parts were told of does not.</summary>
    public const string Name = "parts";

    internal static readonly IReadOnlyDictionary<string, string?> None = new Dictionary<string, string?>();

    static readonly ConcurrentDictionary<IEntityType, PartKind[]> OfRecords = new();
    static readonly ConcurrentDictionary<IEntityType, PartKind?> OfTypes = new();

    /// <summary>Which kinds of parts a kind of record has.</summary>
    public static IReadOnlyList<PartKind> Of(IEntityType record) => OfRecords.GetOrAdd(record, static record =>
        [.. record.Model.GetEntityTypes().Select(KindOf).OfType<PartKind>().Where(kind => kind.Type.ClrType.GetCustomAttribute<PartOfAttribute>()!.Record == record.ClrType)]);

    /// <summary>Of a record that is new: all that it holds, and what else comes with it. Null for a kind that has no parts.</summary>
    public static IReadOnlyDictionary<string, string?>? OfNew(IEntityType type, Aggregate record, params IEnumerable<object> others) => Of(type) is not { Count: > 0 } kinds ? null
        : kinds.SelectMany(kind => kind.In(record).Concat(others.Where(part => part.GetType() == kind.Type.ClrType)).Select(part => (Kind: kind, Part: part)))
            .ToDictionary(one => one.Kind.KeyOf(one.Part), one => (string?)one.Kind.DigestOf(one.Part));

    /// <summary>Of all records in a save, by their ids.</summary>
    internal static ILookup<Guid, KeyValuePair<string, string?>> Changed(IEnumerable<EntityEntry> entries) => (
        from entry in entries
        where entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        let kind = KindOf(entry.Metadata)
        where kind is not null
        select (Owner: kind!.OwnerOf(entry.Entity), Told: KeyValuePair.Create(kind.KeyOf(entry.Entity), entry.State == EntityState.Deleted ? null : (string?)kind.DigestOf(entry.Entity))))
        .ToLookup(one => one.Owner, one => one.Told);

    static PartKind? KindOf(IEntityType type) => OfTypes.GetOrAdd(type, static type => type.ClrType.GetCustomAttribute<PartOfAttribute>() is { } part
        ? new(type, type.GetForeignKeys().Single(key => key.PrincipalEntityType.ClrType == part.Record), part.Title) : null);
}
