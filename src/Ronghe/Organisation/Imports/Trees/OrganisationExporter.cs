using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>Both trees of a company, superiors before what stands below them; dissolved nodes are left out.</summary>
public sealed class OrganisationExporter(AppDb db, TimeProvider clock) : IExporter
{
    public string Kind => "org";

    public async Task WriteAsync(SheetWriter sheets, Guid companyId, ExportCount count, CancellationToken cancel)
    {
        var nodes = await db.Nodes.AsNoTracking().Where(node => node.CompanyId == companyId && node.ClosedOn == null).ToListAsync(cancel);
        var codes = nodes.ToDictionary(node => node.Id, node => node.Code);
        var heads = await HeadsAsync(nodes, companyId, cancel);
        var covered = (await db.PartyCoverage.AsNoTracking().Where(pair => db.Nodes.Any(node => node.Id == pair.PartyOrganisationId && node.CompanyId == companyId)).ToListAsync(cancel))
            .ToLookup(pair => pair.PartyOrganisationId, pair => pair.UnitId);
        var coverage = new CoverageWords(nodes.OfType<Unit>());
        count.Expect(nodes.Count);
        var asOf = $"截止日期：{clock.Today():yyyy年M月d日}";

        sheets.Sheet(OrganisationSpec.Units.Title, OrganisationSpec.Units.ForExport(), "行政组织机构", asOf);
        foreach (var unit in InOrder(nodes.OfType<Unit>()))
        {
            sheets.Row().Text(unit.Code).Text(unit.Name).Text(CodeOf(unit.ParentId)).Text(unit.Title).Text(heads(unit));
            count.Next();
        }
        await sheets.FlushAsync(cancel);

        sheets.Sheet(OrganisationSpec.Parties.Title, OrganisationSpec.Parties.ForExport(), "党组织机构", asOf);
        foreach (var party in InOrder(nodes.OfType<PartyOrganisation>()))
        {
            sheets.Row().Text(party.Code).Text(party.Name).Text(CodeOf(party.ParentId)).Text(party.Title).Text(heads(party))
                .Date(party.FoundedOn).Date(party.TermStartedOn).Text(party.TermYears is { } years ? $"{years}年" : null).Text(coverage.Say(party, covered[party.Id]));
            count.Next();
        }

        string? CodeOf(Guid? id) => id is { } known ? codes.GetValueOrDefault(known) : null;
    }

    /// <summary>Who leads a node today; for a post that nobody has held yet, whom the office's list named.</summary>
    async Task<Func<OrganisationNode, string>> HeadsAsync(List<OrganisationNode> nodes, Guid companyId, CancellationToken cancel)
    {
        var today = clock.Today();
        var posts = nodes.Select(NamedHeads.PostOf).Distinct().ToArray();
        var held = (await db.Appointments.Where(held => held.CompanyId == companyId && posts.Contains(held.Post))
                .OrderBy(held => held.From).Select(held => new { held.NodeId, held.Post, held.From, held.To, Name = db.People.First(person => person.Id == held.PersonId).Name })
                .ToListAsync(cancel))
            .ToLookup(held => (held.NodeId, held.Post));
        return node => held[(node.Id, NamedHeads.PostOf(node))].ToList() is { Count: > 0 } ever
            ? ever.FirstOrDefault(one => one.From <= today && (one.To is null || one.To >= today))?.Name ?? ""
            : node.HeadText;
    }

    /// <summary>Depth first, siblings by their place: the import numbers them in the order of the file.</summary>
    static IEnumerable<T> InOrder<T>(IEnumerable<T> nodes) where T : OrganisationNode
    {
        var below = nodes.OrderBy(node => node.Position).ThenBy(node => node.Code, StringComparer.Ordinal).ToLookup(node => node.ParentId ?? Guid.Empty);
        var open = new Stack<T>(below[Guid.Empty].Reverse());
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var child in below[node.Id].Reverse()) open.Push(child);
        }
    }
}

/// <summary>What a Party organisation covers, as <see cref="CoverageText"/> reads it: 财务部、设备管理部（本部、锅炉班）.</summary>
sealed class CoverageWords(IEnumerable<Unit> units)
{
    readonly Dictionary<Guid, Unit> _units = units.ToDictionary(unit => unit.Id);

    /// <summary>The office's own wording where it still says the same.</summary>
    public string Say(PartyOrganisation party, IEnumerable<Guid> unitIds)
    {
        var covered = unitIds.Select(_units.GetValueOrDefault).OfType<Unit>().OrderBy(unit => unit.Code, StringComparer.Ordinal).ToList();
        if (covered.Exists(unit => unit.ParentId is null)) return CoverageText.IsEverything(party.CoversText) ? party.CoversText : "全厂";
        var stated = CoverageText.Read(party.CoversText);
        if (Meant(stated).SetEquals(covered.Select(unit => IsPart(unit) ? (Above(unit).Name, unit.Name) : (unit.Name, "")))) return party.CoversText;
        var whole = covered.Where(unit => !IsPart(unit)).Select(unit => unit.Name);
        var parts = covered.Where(IsPart).GroupBy(unit => Above(unit).Name, unit => unit.Name)
            .Select(same => $"{same.Key}（{string.Join('、', OwnStaff(stated, same.Key).Concat(same))}）");
        return string.Join('、', whole.Concat(parts));
    }

    /// <summary>Pairs of a unit and a part of it.</summary>
    static HashSet<(string, string)> Meant(IEnumerable<CoveredUnit> stated) =>
    [
        .. stated.SelectMany(unit => unit.Parts.Count == 0 ? [(unit.Name, "")] : unit.Parts.Where(part => !CoverageText.IsOwnStaff(part)).Select(part => (unit.Name, part))),
    ];

    static IEnumerable<string> OwnStaff(IEnumerable<CoveredUnit> stated, string department) =>
        stated.Where(unit => unit.Name == department).SelectMany(unit => unit.Parts).Where(CoverageText.IsOwnStaff);

    bool IsPart(Unit unit) => unit.Kind == UnitKind.Crew && unit.ParentId is { } above && _units.ContainsKey(above);

    Unit Above(Unit unit) => _units[unit.ParentId!.Value];
}
