namespace Ronghe.Platform.Hosting;

/// <summary>
/// The plant that people see who only try the product. Whoever tells it registers this one; <c>serve --demo</c> calls it when
/// the database is ready and before anybody is let in.
/// </summary>
/// <param name="EnsureAsync">Loads the story unless it is there already; returns the lines to print, such as the accounts.</param>
public sealed record DemoStory(Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<string>>> EnsureAsync);
