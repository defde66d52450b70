using Mono.Cecil;

namespace Ronghe.Tests.Architecture;

/// <summary>Who may use whom, as one table that is also the drawing of the house. A folder that is not on it fails.</summary>
public class MapTests
{
    static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Platform"] = [],
        ["Organisation"] = ["Platform"],
        ["Duties"] = ["Platform", "Organisation"],
        ["Findings"] = ["Platform", "Organisation", "Duties"],
        ["Tasks"] = ["Platform", "Organisation", "Duties"],
        ["PublicNotices"] = ["Platform", "Organisation", "Duties"],
        ["PartyLife"] = ["Platform", "Organisation", "Duties", "Findings", "Tasks", "PublicNotices"],
        ["Safety"] = ["Platform", "Organisation", "Duties", "Findings", "Tasks", "PublicNotices"],
        ["Layout"] = ["Platform", "Organisation", "Duties", "Findings", "Tasks", "PublicNotices", "PartyLife", "Safety"],
        // Builds the demo plant through the same actions as users do.
        ["Demo"] = ["Platform", "Organisation", "Duties", "Findings", "Tasks", "PublicNotices", "PartyLife", "Safety"],
    };

    /// <summary>Exceptions to the map, each with its reason.</summary>
    static readonly HashSet<(string From, string To)> Excused = [];

    static readonly string Assembly = typeof(Program).Assembly.Location;

    [Fact]
    public void Every_use_goes_downwards_on_the_map() => Assert.Empty(Violations().Distinct());

    [Fact]
    public void The_map_has_no_cycle()
    {
        foreach (var (from, uses) in MayUse)
            foreach (var to in uses)
                Assert.DoesNotContain(from, MayUse[to]);
    }

    [Fact]
    public void Pages_apis_and_jobs_never_touch_the_database_context()
    {
        using var module = ModuleDefinition.ReadModule(Assembly);
        var guilty = from type in module.GetTypes()
                     where Outer(type) is var outer && (IsPrivate(outer) || outer.Name.EndsWith("Api", StringComparison.Ordinal))
                     from used in UsedBy(type)
                     where used.FullName == "Ronghe.AppDb"
                     select type.FullName;
        Assert.Empty(guilty.Distinct());
    }

    [Fact]
    public void Entities_know_neither_the_database_nor_the_web_nor_a_clock()
    {
        using var module = ModuleDefinition.ReadModule(Assembly);
        var guilty = from type in module.GetTypes()
                     where type.BaseType?.FullName is "Ronghe.Platform.Data.Aggregate" or "Ronghe.Organisation.OrganisationNode"
                     from used in UsedBy(type)
                     where used.FullName is "Ronghe.AppDb" or "System.TimeProvider" || used.Namespace.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                     select $"{type.FullName} uses {used.FullName}";
        Assert.Empty(guilty.Distinct());
    }

    static IEnumerable<string> Violations()
    {
        using var module = ModuleDefinition.ReadModule(Assembly);
        foreach (var type in module.GetTypes())
            foreach (var used in UsedBy(type))
            {
                var (from, to) = (Floor(type), Floor(used));
                if (from is null || to is null) continue;
                if (!MayUse.TryGetValue(from, out var allowed)) yield return $"{from} is not on the map ({type.FullName})";
                else if (from == to)
                {
                    if (IsPrivate(used) && !SamePlace(type, used)) yield return $"{type.FullName} reaches into {used.FullName}";
                }
                else if (!allowed.Contains(to) && !Excused.Contains((type.FullName, used.FullName))) yield return $"{type.FullName} uses {used.FullName}";
                else if (IsPrivate(used)) yield return $"{type.FullName} reaches into {used.FullName}";
            }
    }

    /// <summary>The folder of that name in Platform is no capability's room but what runs the jobs of all.</summary>
    static bool IsPrivate(TypeReference type) => Parts(Outer(type)) is [_, .., "Pages" or "Jobs"] and not ["Ronghe", "Platform", "Jobs"];

    /// <summary>A capability's own files may use its private rooms.</summary>
    static bool SamePlace(TypeReference a, TypeReference b)
    {
        string[] Room(TypeReference type) => [.. Parts(Outer(type)).TakeWhile((part, at) => part is not ("Pages" or "Jobs") || (at, part) is (2, "Jobs"))];
        return Room(a).SequenceEqual(Room(b));
    }

    static string? Floor(TypeReference type) => Parts(Outer(type)) is ["Ronghe", var floor, ..] ? floor : null;

    static string[] Parts(TypeReference type) => type.Namespace.Split('.');

    static TypeReference Outer(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }

    static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        var direct = new List<TypeReference?> { type.BaseType };
        direct.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        direct.AddRange(type.Fields.Select(f => f.FieldType));
        foreach (var method in type.Methods)
        {
            direct.Add(method.ReturnType);
            direct.AddRange(method.Parameters.Select(p => p.ParameterType));
            if (!method.HasBody) continue;
            direct.AddRange(method.Body.Variables.Select(v => v.VariableType));
            foreach (var instruction in method.Body.Instructions)
                direct.AddRange(Operands(instruction.Operand));
        }
        return direct.Where(t => t is not null).SelectMany(t => Open(t!));
    }

    static IEnumerable<TypeReference?> Operands(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    static IEnumerable<TypeReference> Open(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Open).Prepend(generic.ElementType),
        TypeSpecification specification => Open(specification.ElementType),
        _ => [type],
    };
}
