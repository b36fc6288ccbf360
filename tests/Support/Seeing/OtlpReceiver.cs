using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Cascade.Support.Seeing;

/// <summary>A collector behind one loopback port: takes traces, metrics and logs by OTLP/gRPC and keeps them.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    const string Service = "/opentelemetry.proto.collector.";

    readonly WebApplication app;
    readonly Lock gate = new();
    readonly List<OtlpSpan> spans = [];
    readonly List<OtlpLine> lines = [];
    readonly HashSet<string> metrics = new(StringComparer.Ordinal);
    readonly StringBuilder everything = new();
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    OtlpReceiver(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public IReadOnlyList<OtlpSpan> Spans => Kept(spans);

    public IReadOnlyList<OtlpLine> Lines => Kept(lines);

    /// <summary>Names of metrics.</summary>
    public IReadOnlyList<string> Metrics => Kept(metrics);

    /// <summary>All that ever arrived, byte by byte, for whoever looks for a text in it.</summary>
    public string Everything
    {
        get
        {
            lock (gate)
            {
                return everything.ToString();
            }
        }
    }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var receiver = new OtlpReceiver(builder.Build());
        receiver.app.MapPost(Service + "{kind}.v1.{name}/Export", receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Ends when it is so.</summary>
    public async Task UntilAsync(Func<OtlpReceiver, bool> so, TimeSpan? patience = null)
    {
        using var stop = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (so(this))
            {
                return;
            }

            try
            {
                await next.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"it did not arrive: {Spans.Count} spans, {Lines.Count} lines, {Metrics.Count} metrics did; the last spans: {string.Join("; ", Spans.TakeLast(20).Select(span => $"{span.Name} of {span.TraceId}"))}", late);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    List<T> Kept<T>(IEnumerable<T> of)
    {
        lock (gate)
        {
            return [.. of];
        }
    }

    async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        lock (gate)
        {
            everything.Append(Encoding.Latin1.GetString(body.ToArray()));
            foreach (var resource in ProtoFields.OfGrpc(body.ToArray()).Messages(1))
            {
                foreach (var scope in resource.Messages(2))
                {
                    Keep((string)http.Request.RouteValues["kind"]!, scope);
                }
            }
        }

        http.Response.ContentType = "application/grpc";
        http.Response.AppendTrailer("grpc-status", "0");
        await http.Response.Body.WriteAsync(new byte[5]);
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    void Keep(string kind, ProtoFields scope)
    {
        var source = scope.Messages(1).Select(one => one.Text(1)).LastOrDefault() ?? "";
        foreach (var one in scope.Messages(2))
        {
            switch (kind)
            {
                case "trace":
                    spans.Add(new(source, one.Text(5), one.Hex(1), one.Hex(2), one.Hex(4), Attributes(one, 9)));
                    break;
                case "logs":
                    lines.Add(new(source, one.Text(3), one.Messages(5).Select(body => body.Text(1)).LastOrDefault() ?? "", one.Hex(9), Attributes(one, 6)));
                    break;
                case "metrics":
                    metrics.Add(one.Text(1));
                    break;
                default:
                    throw new FormatException(kind);
            }
        }
    }

    // common/v1/common.proto: KeyValue, AnyValue.
    static Dictionary<string, string> Attributes(ProtoFields of, int number)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in of.Messages(number))
        {
            all[pair.Text(1)] = pair.Messages(2).Select(value => value.Text(1)).LastOrDefault() ?? "";
        }

        return all;
    }
}
