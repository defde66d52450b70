using System.Text.RegularExpressions;

namespace Ronghe.Tests.Architecture;

/// <summary>The names that STYLE.md asks for and the ones it forbids.</summary>
public partial class NamingTests
{
    static readonly string[] Forbidden = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Service", "Repository", "Handler", "Dto", "ViewModel", "Impl"];

    static IEnumerable<Type> Own => typeof(Program).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("Ronghe", StringComparison.Ordinal) == true && !type.Name.Contains('<') && !type.Namespace.Contains("Migrations"));

    [Fact]
    public void No_type_hides_behind_an_empty_word() =>
        Assert.Empty(Own.Where(type => Forbidden.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal))).Select(type => type.FullName));

    [Fact]
    public void Namespaces_follow_the_folders()
    {
        var root = Path.Combine(Source.Root, "src", "Ronghe");
        var wrong = from file in Source.Files("src/Ronghe", "*.cs")
                    let declared = Namespace().Match(File.ReadAllText(file))
                    where declared.Success
                    let folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!)
                    let expected = folder == "." ? "Ronghe" : "Ronghe." + folder.Replace(Path.DirectorySeparatorChar, '.')
                    where declared.Groups[1].Value != expected
                    select $"{Path.GetRelativePath(root, file)}: {declared.Groups[1].Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_interface_has_only_one_implementation_in_the_house()
    {
        var lonely = from type in Own
                     where type.IsInterface
                     let implementations = Own.Count(other => other is { IsInterface: false, IsAbstract: false } && type.IsAssignableFrom(other))
                     where implementations < 2
                     select type.FullName;
        Assert.Empty(lonely);
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
