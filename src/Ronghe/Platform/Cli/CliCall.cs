using System.CommandLine;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Cli;

/// <summary>One command as it was called: its values, where to write, and the product to work with.</summary>
public sealed class CliCall(Product product, ParseResult words, string dataFolder, CliOutput output, CancellationToken cancel)
{
    public Product Product => product;
    public CliOutput Output => output;
    public CancellationToken Cancel => cancel;

    /// <summary>Absolute; need not exist yet.</summary>
    public string DataFolder => dataFolder;

    public T? Get<T>(Argument<T> argument) => words.GetValue(argument);

    public T? Get<T>(Option<T> option) => words.GetValue(option);

    /// <summary>
    /// Starts the embedded database unless it runs there already, migrates, and builds the product's services. Dispose it before
    /// returning: that stops the database again.
    /// </summary>
    public Task<OpenProduct> OpenAsync(bool isDemo = false) =>
        product.OpenAsync(new(dataFolder, isDemo), LogStyle.Plain, cancel: cancel);
}
