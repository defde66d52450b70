using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Places;

/// <summary>A word that old ledgers use in one of their columns, and the place that is meant by it.</summary>
public sealed class PlaceWord : Aggregate
{
    PlaceWord() { }

    public PlaceWord(Guid companyId, PlaceWordKind kind, string word, Guid placeId, Guid? id = null)
    {
        if (string.IsNullOrWhiteSpace(word)) throw new Refusal("台账用词没有填写。", nameof(Word));
        Id = id ?? Id;
        (CompanyId, Kind, Word, PlaceId) = (companyId, kind, word.Trim(), placeId);
    }

    public Guid CompanyId { get; private init; }
    /// <summary>The ledger's column in which the word stands.</summary>
    public PlaceWordKind Kind { get; private init; }
    public string Word { get; private init; } = "";
    public Guid PlaceId { get; private set; }

    public void PointTo(Guid placeId) => PlaceId = placeId;
}

/// <summary>隐患地点 or 设备; where both name a place, the equipment is the more exact one.</summary>
public enum PlaceWordKind { Location, Equipment }

public static class PlaceWordKinds
{
    /// <summary>Heading of the ledger's column.</summary>
    public static string Column(this PlaceWordKind kind) => kind == PlaceWordKind.Location ? "隐患地点" : "设备";
}
