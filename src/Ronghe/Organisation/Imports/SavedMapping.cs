using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Imports;

/// <summary>Decisions about columns and words that are used again when a file with the same headings comes.</summary>
public sealed class SavedMapping : Aggregate
{
    SavedMapping() { }

    public SavedMapping(Guid companyId, string kind, string headings, string choices, DateTimeOffset at)
    {
        (CompanyId, Kind, Headings) = (companyId, kind, headings);
        Replace(choices, at);
    }

    public Guid CompanyId { get; private init; }
    public string Kind { get; private init; } = "";
    /// <summary>Fingerprint of the file's headings.</summary>
    public string Headings { get; private init; } = "";
    public string Choices { get; private set; } = "{}";
    public DateTimeOffset SavedAt { get; private set; }

    public void Replace(string choices, DateTimeOffset at) => (Choices, SavedAt) = (choices, at);
}
