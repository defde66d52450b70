using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>Takes in the lists of units and Party organisations; the first one makes the company.</summary>
public sealed class OrganisationImporter(AppDb db, TreeClosure closure, PlacePack places) : IImporter
{
    public string Kind => "org";
    public string Title => "组织机构";
    public string Permission => ImportPermissions.Organisation;
    public bool MayFoundCompany => true;
    public IReadOnlyList<SheetSpec> Sheets { get; } = [OrganisationSpec.Units, OrganisationSpec.Parties];

    public IReadOnlyList<ImportSubject> Subjects { get; } =
    [
        ImportSubject.Of<Unit>(OrganisationEvents.Unit, unit => $"{unit.Name}（{unit.Code}）", unit => unit.Id),
        ImportSubject.Of<PartyOrganisation>(OrganisationEvents.PartyOrganisation, party => $"{party.Name}（{party.Code}）", party => party.Id),
        ImportSubject.Of<Appointment>(OrganisationEvents.Appointment, held => Posts.Title(held.Post), held => held.NodeId),
        ImportSubject.Of<Place>(OrganisationEvents.Place, place => place.FullName, place => place.UnitId),
        ImportSubject.Of<PlaceWord>(OrganisationEvents.PlaceWord, word => word.Word, _ => null),
    ];

    public async Task<ImportPlan> PlanAsync(ImportSource source, CancellationToken cancel)
    {
        var errors = new SheetErrors();
        var (units, parties) = (source.Readings(OrganisationSpec.Units, errors), source.Readings(OrganisationSpec.Parties, errors));
        if (source.CompanyId is null && units.Count == 0) throw new Refusal("还没有任何单位，请先导入行政组织。没有导入任何数据。", "file");
        var read = new OrganisationReading(source.Today);
        foreach (var sheet in units) read.Read(sheet, isParty: false);
        foreach (var sheet in parties) read.Read(sheet, isParty: true);
        var stored = source.CompanyId is { } company
            ? await db.Nodes.AsNoTracking().Where(node => node.CompanyId == company).ToDictionaryAsync(node => node.Code, cancel) : [];
        var root = stored.Values.FirstOrDefault(node => node is Unit && node.ParentId is null);
        var good = new TreeCheck(read.Entries, read.Faulty, stored, root).Good();
        Number(good);
        var appoints = source.CompanyId is { } id ? source.Me.May(OrganisationPermissions.ManageAppointments, [id]) : source.Me.IsSystem;
        return new OrganisationPlan(closure, places, good, stored, root?.Id, source.Today, appoints)
        {
            Rows = read.Rows, Valid = good.Count, Errors = errors.All, Notes = [.. SkippedRows.Notes(units.Concat(parties)), .. Waiting(read.Entries)],
        };
    }

    public async Task RestorePartsAsync(ImportRun run, IReadOnlyList<ImportedRecord> records, CancellationToken cancel)
    {
        foreach (var record in records)
            if (record.Before is not null && Snapshot.PartsOf<Guid[]>(record.Before) is { } units)
            {
                await db.PartyCoverage.Where(pair => pair.PartyOrganisationId == record.SubjectId).ExecuteDeleteAsync(cancel);
                await db.CopyAsync(units.Select(unit => new PartyCoverage { PartyOrganisationId = record.SubjectId, UnitId = unit }), cancel);
            }
        if (run.CompanyId is { } company) await closure.RebuildAsync(company, cancel);
    }

    static IEnumerable<string> Waiting(IEnumerable<NodeEntry> entries) =>
        entries.Where(entry => entry.IsWaiting).GroupBy(entry => entry.Sheet)
            .Select(sheet => $"“{sheet.Key}”第 {string.Join("、", sheet.Select(entry => entry.Row))} 行的上级有错误，上级改好后才能导入。");

    /// <summary>Siblings keep the order of the file.</summary>
    static void Number(List<NodeEntry> entries)
    {
        foreach (var siblings in entries.GroupBy(entry => (entry.IsUnit, entry.ParentCode)))
        {
            var position = 0;
            foreach (var entry in siblings) entry.Position = position++;
        }
    }
}
