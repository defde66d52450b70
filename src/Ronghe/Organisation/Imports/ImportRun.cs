using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Imports;

/// <summary>
/// One file on its way into the product, kept with what became of it: Draft → Checked → Imported → Undone.
/// Checking may be repeated with another mapping until the file is in.
/// </summary>
public sealed class ImportRun : Aggregate
{
    ImportRun() { }

    public ImportRun(Guid? companyId, string kind, string fileName, string fileHash, Guid? byId, DateTimeOffset at, Guid? id = null)
    {
        Id = id ?? Id;
        (CompanyId, Kind, FileName, FileHash, ById, CreatedAt) = (companyId, kind, fileName, fileHash, byId, at);
    }

    /// <summary>Null until the first organisation file has made the company.</summary>
    public Guid? CompanyId { get; private set; }
    /// <summary>Key of an <see cref="IImporter"/>: org, people, findings.</summary>
    public string Kind { get; private init; } = "";
    public string FileName { get; private init; } = "";
    /// <summary>Address of the file in the store; the check and the import read it from there.</summary>
    public string FileHash { get; private init; } = "";
    /// <summary>What the user decided about columns and words, as JSON.</summary>
    public string Choices { get; private set; } = "{}";
    public ImportMode Mode { get; private set; }
    public ImportState State { get; private set; }
    public ImportCounts Counts { get; private set; } = ImportCounts.None;
    /// <summary>The <see cref="ImportReport"/> of the last check as JSON.</summary>
    public string Report { get; private set; } = "{}";
    public Guid? ById { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public DateTimeOffset? ImportedAt { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    public bool CanCheck => State is ImportState.Draft or ImportState.Checked;
    public bool CanUndo => State == ImportState.Imported;

    public void NoteCheck(string choices, ImportCounts counts, string report, DateTimeOffset at)
    {
        if (!CanCheck) throw new Refusal($"这次导入是“{State.Title()}”，不能再检查或导入。请重新上传文件。");
        (Choices, Counts, Report, CheckedAt, State) = (choices, counts, report, at, ImportState.Checked);
    }

    /// <summary>Null when the checked file can be taken in that way, else the reason.</summary>
    public string? Obstacle(ImportMode mode)
    {
        if (State != ImportState.Checked) return $"这次导入是“{State.Title()}”，先检查再导入。";
        if (mode == ImportMode.AllOrNothing && Counts.Errors > 0)
            return $"文件里还有 {Counts.Errors} 处错误，按“全部正确才导入”不能导入任何一行。请改好后重新上传，或选择“只导入正确的行”。";
        return Counts.Valid == 0 ? "文件里没有可以导入的行。" : null;
    }

    public void RefuseUnready(ImportMode mode)
    {
        if (Obstacle(mode) is { } obstacle) throw new Refusal(obstacle);
    }

    public void NoteImport(Guid companyId, ImportMode mode, ImportCounts counts, DateTimeOffset at)
    {
        RefuseUnready(mode);
        (CompanyId, Mode, Counts, ImportedAt, State) = (companyId, mode, counts, at, ImportState.Imported);
    }

    public void NoteUndo(DateTimeOffset at)
    {
        if (!CanUndo) throw new Refusal($"这次导入是“{State.Title()}”，没有可以撤销的内容。");
        (UndoneAt, State) = (at, ImportState.Undone);
    }
}

/// <summary>Rows of the file, rows without an error, rows taken in; then what that did to the records.</summary>
public sealed record ImportCounts(int Rows, int Valid, int Imported, int Errors, int Created, int Changed)
{
    public static readonly ImportCounts None = new(0, 0, 0, 0, 0, 0);
}

public enum ImportState { Draft, Checked, Imported, Undone }

public enum ImportMode { AllOrNothing, GoodRows }

public static class ImportWords
{
    public static string Title(this ImportState state) => state switch
    {
        ImportState.Draft => "待检查", ImportState.Checked => "已检查，未导入", ImportState.Imported => "已导入", _ => "已撤销",
    };

    public static string Title(this ImportMode mode) => mode == ImportMode.GoodRows ? "只导入正确的行" : "全部正确才导入";
}
