namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>The form of an act that asks for nothing but words.</summary>
/// <param name="IsNext">It is the natural next step and stands open.</param>
public sealed record NoteBox(DetailModel Page, string Handler, string Title, string Icon, string Label, string Hint, bool IsNext, bool IsRequired = true);

/// <summary>What the records said, in a box.</summary>
public sealed record ReadingBox(string Title, ModelPostReading Reading, Func<string, string> CitationOf);
