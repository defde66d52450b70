using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using K = Ronghe.Organisation.Imports.Trees.OrganisationSpec;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>What an organisation list changes: nodes that are new or different, what the Party organisations cover, and the closure.</summary>
sealed class OrganisationPlan(
    TreeClosure closure, PlacePack places, IReadOnlyList<NodeEntry> entries, Dictionary<string, OrganisationNode> stored, Guid? rootId,
    DateOnly today, bool appoints) : ImportPlan
{
    readonly Dictionary<string, OrganisationNode> _nodes = new(stored);
    readonly List<OrganisationNode> _new = [];

    public override async Task<Guid> ApplyAsync(ImportWriter writer, CancellationToken cancel)
    {
        var byCode = entries.ToDictionary(entry => entry.Code);
        foreach (var entry in entries) Node(entry, byCode, writer.Db);
        var company = rootId ?? _new.FirstOrDefault(node => node is Unit && node.ParentId is null)?.Id
            ?? throw new Refusal("文件里没有最上级单位（上级编码留空的那一行），没有导入任何数据。请补上后重新导入。", "file");
        await closure.LockAsync(company, cancel);
        await writer.CreateAsync(_new.OfType<Unit>(), cancel);
        await writer.CreateAsync(_new.OfType<PartyOrganisation>(), cancel);
        await CoverAsync(writer, cancel);
        await writer.SaveChangesAsync(cancel);
        await closure.RebuildAsync(company, cancel);
        await LoadPlacesAsync(writer, company, cancel);
        if (appoints) await AppointHeadsAsync(writer, company, cancel);
        return company;
    }

    /// <summary>The node of a row, with its superior made first.</summary>
    OrganisationNode Node(NodeEntry entry, Dictionary<string, NodeEntry> byCode, AppDb db)
    {
        if (_nodes.TryGetValue(entry.Code, out var known) && !stored.ContainsKey(entry.Code)) return known;
        var parent = entry.ParentCode == "" ? null
            : byCode.TryGetValue(entry.ParentCode, out var above) && !_nodes.ContainsKey(above.Code) ? Node(above, byCode, db) : _nodes[entry.ParentCode];
        if (known is not null)
        {
            Restate(known, entry, parent, db);
            return known;
        }
        OrganisationNode made = entry.UnitKind is { } kind
            ? new Unit(kind, entry.Code, entry.Name, (Unit?)parent, entry.Position)
            : new PartyOrganisation(entry.PartyKind!.Value, entry.Code, entry.Name, parent?.CompanyId ?? Root(byCode, db).CompanyId, (PartyOrganisation?)parent, entry.Position);
        if (made is PartyOrganisation party) State(party, entry);
        made.NameHead(entry.Head);
        _new.Add(made);
        return _nodes[entry.Code] = made;
    }

    OrganisationNode Root(Dictionary<string, NodeEntry> byCode, AppDb db) =>
        rootId is { } id ? stored.Values.First(node => node.Id == id)
        : Node(byCode.Values.FirstOrDefault(entry => entry is { IsUnit: true, ParentCode: "" })
            ?? throw new Refusal("文件里没有最上级单位（上级编码留空的那一行），没有导入任何数据。请补上后重新导入。", "file"), byCode, db);

    static void Restate(OrganisationNode node, NodeEntry entry, OrganisationNode? parent, AppDb db)
    {
        db.Attach(node);
        if (parent is not null && node.ParentId != parent.Id) node.Move(parent);
        if (node is Unit unit && (unit.Kind, unit.Name, unit.Position) != (entry.UnitKind!.Value, entry.Name, entry.Position))
            unit.Restate(entry.UnitKind.Value, entry.Name, entry.Position);
        if (node is PartyOrganisation party) State(party, entry);
        if (entry.Has(K.Head)) node.NameHead(entry.Head);
    }

    /// <summary>Facts for which the file has no column stay as they are.</summary>
    static void State(PartyOrganisation party, NodeEntry entry) => party.Restate(
        entry.PartyKind!.Value, entry.Name, entry.Position,
        entry.Has(K.Founded) ? entry.FoundedOn : party.FoundedOn,
        entry.Has(K.TermStarted) ? entry.TermStartedOn : party.TermStartedOn,
        entry.Has(K.TermYears) ? entry.TermYears : party.TermYears,
        entry.Has(K.Covers) ? entry.CoversText : party.CoversText);

    async Task CoverAsync(ImportWriter writer, CancellationToken cancel)
    {
        var stated = entries.Where(entry => !entry.IsUnit && entry.Has(K.Covers)).ToList();
        var ids = stated.ConvertAll(entry => _nodes[entry.Code].Id);
        var before = (await writer.Db.PartyCoverage.AsNoTracking().Where(pair => ids.Contains(pair.PartyOrganisationId)).ToListAsync(cancel)).ToLookup(pair => pair.PartyOrganisationId, pair => pair.UnitId);
        var added = new List<PartyCoverage>();
        foreach (var entry in stated)
        {
            var party = _nodes[entry.Code];
            var wanted = entry.Covers.Select(code => _nodes[code].Id).Distinct().ToList();
            if (before[party.Id].ToHashSet().SetEquals(wanted)) continue;
            if (before[party.Id].Any())
            {
                writer.KeepParts(party.Id, before[party.Id]);
                await writer.Db.PartyCoverage.Where(pair => pair.PartyOrganisationId == party.Id).ExecuteDeleteAsync(cancel);
            }
            if (stored.ContainsKey(entry.Code)) writer.Db.Entry(party).State = EntityState.Modified;
            added.AddRange(wanted.Select(unit => new PartyCoverage { PartyOrganisationId = party.Id, UnitId = unit }));
        }
        await writer.CreatePartsAsync(added, cancel);
    }

    /// <summary>Places that come with the product for this very plant.</summary>
    async Task LoadPlacesAsync(ImportWriter writer, Guid company, CancellationToken cancel)
    {
        if (!await places.FitsAsync(company, cancel)) return;
        await places.LoadAsync(company, cancel);
        writer.Adopt(writer.Db.ChangeTracker.Entries<Place>().Select(entry => entry.Entity));
        writer.Adopt(writer.Db.ChangeTracker.Entries<PlaceWord>().Select(entry => entry.Entity));
        writer.Db.ChangeTracker.Clear();
    }

    async Task AppointHeadsAsync(ImportWriter writer, Guid company, CancellationToken cancel)
    {
        var db = writer.Db;
        var people = await db.People.Where(person => person.CompanyId == company && person.LeftOn == null).Select(person => new Nameable(
            person.Id, person.Name, person.UnitId, db.Memberships.Where(m => m.PersonId == person.Id).Select(m => (Guid?)m.PartyOrganisationId).FirstOrDefault())).ToListAsync(cancel);
        if (people.Count == 0) return;
        var everHeld = (await db.Appointments.Where(held => held.CompanyId == company).Select(held => new { held.NodeId, held.Post }).ToListAsync(cancel))
            .Select(held => (held.NodeId, held.Post)).ToHashSet();
        var heads = new NamedHeads(_nodes.Values.Where(node => node.IsOpen).ToDictionary(node => node.Id), today);
        await writer.CreateAsync(heads.Appointments(people, everHeld, writer.Me.PersonId).ToList(), cancel);
    }
}
