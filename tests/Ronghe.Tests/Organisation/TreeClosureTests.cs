using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;

namespace Ronghe.Tests.Organisation;

public class TreeClosureTests
{
    const int Nodes = 12;

    /// <summary>Departments may stand in departments, so any of them can be moved anywhere but below itself.</summary>
    [Fact]
    public async Task After_any_moves_the_closure_says_what_a_recount_says()
    {
        await using var office = await Office.OpenAsync();
        var ids = new List<Guid> { office.Company };
        for (var at = 1; at <= Nodes; at++) ids.Add(await office.UnitAsync($"部门{at}", ids[at / 2]));
        var moves = Gen.Choose(1, Nodes).SelectMany(node => Gen.Choose(0, Nodes).Select(parent => (Node: node, Parent: parent)));
        var (moved, refused) = (0, 0);
        foreach (var (node, parent) in moves.Sample(60))
        {
            if (await MoveAsync(office, ids[node], ids[parent])) moved++; else refused++;
            Assert.Equal(await RecountAsync(office), await ClosureAsync(office));
        }
        // Neither kind of move may be missing, or the test has shown nothing.
        Assert.True(moved > 5 && refused > 5, $"{moved} moved, {refused} refused");
    }

    [Fact]
    public async Task A_node_cannot_be_moved_below_itself()
    {
        await using var office = await Office.OpenAsync();
        var upper = await office.UnitAsync("设备管理部");
        var lower = await office.UnitAsync("锅炉专业", upper);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<TreeActions>(Me.System, tree => tree.MoveAsync(upper, lower, 1)));
        Assert.Contains("自己的下级", refusal.Message);
        Assert.Equal(office.Company, await office.ReadAsync(db => db.Units.Where(unit => unit.Id == upper).Select(unit => unit.ParentId).SingleAsync()));
    }

    [Fact]
    public async Task Two_moves_at_once_never_close_a_ring()
    {
        await using var office = await Office.OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            var one = await office.UnitAsync($"甲{round}");
            var other = await office.UnitAsync($"乙{round}");
            var outcomes = await Task.WhenAll(MoveAsync(office, one, other), MoveAsync(office, other, one));
            Assert.Single(outcomes, done => done);
        }
        Assert.Equal(await RecountAsync(office), await ClosureAsync(office));
    }

    [Fact]
    public async Task A_rebuild_makes_the_same_closure_in_both_trees()
    {
        await using var office = await Office.OpenAsync();
        var plantWide = await office.PartyAsync("厂党委", kind: Ronghe.Organisation.PartyOrganisations.PartyOrganisationKind.Committee);
        await office.PartyAsync("发电一部党支部", plantWide);
        await office.UnitAsync("运行一值", await office.UnitAsync("发电一部"), Ronghe.Organisation.Units.UnitKind.Crew);
        var kept = await ClosureAsync(office);
        await office.AsAsync<AppDb>(Me.System, db => db.NodeClosure.Where(pair => pair.Depth > 0).ExecuteDeleteAsync());
        Assert.NotEqual(kept, await ClosureAsync(office));
        await office.AsAsync<TreeClosure>(Me.System, closure => closure.RebuildAsync(office.Company));
        Assert.Equal(kept, await ClosureAsync(office));
    }

    static async Task<bool> MoveAsync(Office office, Guid node, Guid parent)
    {
        var version = await office.ReadAsync(db => db.Nodes.Where(n => n.Id == node).Select(n => n.Version).SingleAsync());
        try
        {
            await office.AsAsync<TreeActions>(Me.System, tree => tree.MoveAsync(node, parent, version));
            return true;
        }
        catch (Refusal)
        {
            return false;
        }
    }

    static Task<List<string>> ClosureAsync(Office office) => office.ReadAsync(async db =>
        (await db.NodeClosure.Select(pair => $"{pair.AncestorId} {pair.DescendantId} {pair.Depth}").ToListAsync()).Order().ToList());

    /// <summary>From each node up to the root by its superiors alone.</summary>
    static Task<List<string>> RecountAsync(Office office) => office.ReadAsync(async db =>
    {
        var parents = await db.Nodes.ToDictionaryAsync(node => node.Id, node => node.ParentId);
        var pairs = new List<string>();
        foreach (var node in parents.Keys)
        {
            var depth = 0;
            for (Guid? above = node; above is { } id; above = parents[id]) pairs.Add($"{id} {node} {depth++}");
        }
        return pairs.Order().ToList();
    });
}
