using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ronghe.Platform.Data;
using Ronghe.Platform.Jobs;

namespace Ronghe.Platform.Journal;

public static class Recording
{
    /// <summary>How particulars are written.</summary>
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Number of the request that is being served; every row of the journal made in it carries this.</summary>
    public static string? RequestId => Activity.Current?.TraceId.ToString();

    /// <summary>What the record holds now, for a row of the journal that is not written by <see cref="AppDb.Record"/>.</summary>
    public static byte[] DigestOf(this AppDb db, Aggregate record) => RecordDigest.Of(db.Model.FindEntityType(record.GetType())!, record);

    /// <summary>Puts into a row about a new record what the record and its parts hold. Parts that no collection of the record holds are given.</summary>
    public static void AttestNew(this AppDb db, Aggregate record, JournalRow row, params IEnumerable<object> others)
    {
        row.Attest(record.Version, db.DigestOf(record));
        if (RecordParts.OfNew(db.Model.FindEntityType(record.GetType())!, record, others) is { } parts) row.AttestParts(parts);
    }

    /// <summary>Tells the journal of a change that the same save carries out.</summary>
    public static void Record(this AppDb db, Aggregate subject, string kind, string @event, Guid? by, DateTimeOffset at, Guid? node, object? data = null) =>
        db.Record(subject, Row(subject.Id, kind, @event, by, at, node, data));

    /// <summary>The row alone, for whoever writes it without <see cref="AppDb.Record"/>: version and digest of the record are still to be put in.</summary>
    public static JournalRow Row(Guid subjectId, string kind, string @event, Guid? by, DateTimeOffset at, Guid? node, object? data = null) => new()
    {
        At = at, ActorId = by, NodeId = node, SubjectKind = kind, SubjectId = subjectId, Event = @event,
        Data = data is null ? "{}" : JsonSerializer.Serialize(data, Format),
        // Who gave no name must not be found through the request's log either; a job has nobody to protect.
        RequestId = by is null && !JobActivity.IsCurrent ? null : RequestId,
    };
}
