using Microsoft.Extensions.Logging.Console;

namespace Ronghe.Platform.Hosting;

/// <summary>How log lines look: one JSON object each for machines, or plain for a person at a terminal.</summary>
public enum LogStyle
{
    Plain,
    Json,
}

/// <summary>Logs go to standard error, always: standard output belongs to results.</summary>
static class RunLog
{
    const string StyleKey = "Ronghe:Logs";

    public static void Configure(ILoggingBuilder logging, IConfiguration settings, LogStyle style)
    {
        if (Enum.TryParse<LogStyle>(settings[StyleKey], ignoreCase: true, out var wished)) style = wished;
        logging.ClearProviders();
        logging.AddConfiguration(settings.GetSection("Logging"));
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        // A refusal or an aborted request is not a fault, and the exception page has written down what is.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error);
        // Routing has set the same limit before; the filter complains that it comes second.
        logging.AddFilter("Microsoft.AspNetCore.Mvc.Filters.RequestSizeLimitFilter", LogLevel.Error);
        // A reader of standard error that has stopped reading must not stop the product.
        logging.Services.Configure<ConsoleLoggerOptions>(options =>
            (options.LogToStandardErrorThreshold, options.QueueFullMode) = (LogLevel.Trace, ConsoleLoggerQueueFullMode.DropWrite));
        if (style == LogStyle.Json) logging.AddJsonConsole(AsJson);
        else logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss "));
    }

    /// <summary>Scopes carry the request id; the same id stands in the answer and in the journal.</summary>
    static void AsJson(JsonConsoleFormatterOptions options)
    {
        options.IncludeScopes = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        options.JsonWriterOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
