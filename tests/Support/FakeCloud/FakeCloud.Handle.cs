using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cascade.Support;

/// <summary>One request: find the service, apply a fault rule, do it under the lock, write the answer.</summary>
public sealed partial class FakeCloud
{
    private static readonly (string Prefix, string Service)[] Mounts =
    [
        ("/identity/v3", "identity"), ("/compute/v2.1", "compute"), ("/placement", "placement"), ("/image/v2", "image"), ("/network/v2.0", "network"),
        ("/volume/v3", "block-storage"),
    ];

    private async Task HandleAsync(HttpContext context)
    {
        if (Unreachable)
        {
            context.Abort();
            return;
        }

        var (service, path) = Place(context.Request.Path.Value ?? "/");
        var request = new FakeRequest
        {
            Number = Interlocked.Increment(ref arrivals),
            At = Now,
            Service = service,
            Method = context.Request.Method,
            Path = path,
            Query = context.Request.QueryString.Value?.TrimStart('?') ?? "",
            Body = "",
            RequestId = $"req-{Guid.NewGuid()}",
            Headers = context.Request.Headers.ToDictionary(
                header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal),
        };
        var call = new FakeCall { Request = request, Query = context.Request.Query };
        if (!await ReadAsync(context, call))
        {
            return;
        }

        request = request with { Body = IsText(context) ? Encoding.UTF8.GetString(call.Bytes) : $"({call.Bytes.Length} bytes)" };
        call = new FakeCall { Request = request, Query = call.Query, Bytes = call.Bytes };
        FaultRule? rule;
        lock (Gate)
        {
            requests.Add(request);
            rule = rules.FirstOrDefault(one => one.Takes(request.Method, path));
        }

        Touched();
        if (Arriving is { } arriving)
        {
            await arriving(request);
        }

        await AnswerAsync(context, call, rule);
    }

    private async Task AnswerAsync(HttpContext context, FakeCall call, FaultRule? rule)
    {
        var act = rule?.Act ?? FaultAct.None;
        if (act is FaultAct.HoldBefore)
        {
            await rule!.Released;
        }

        if (act is FaultAct.DropBefore || Unreachable)
        {
            Locked(() => Glance.BodyBroke(call));
            context.Abort();
            return;
        }

        var answer = act is FaultAct.Answer ? rule!.Answer! : Do(call);
        if (act is FaultAct.HoldAfter)
        {
            await rule!.Released;
        }

        if (act is FaultAct.DropAfter || Unreachable)
        {
            context.Abort();
            return;
        }

        if (act is FaultAct.Garbage)
        {
            answer = answer with { Body = Encoding.UTF8.GetBytes("<html><body>It works!</body></html>") };
        }

        (call.Request.Status, call.Request.Length) = (answer.Status, answer.Body.Length);
        await WriteAsync(context, call.Request, answer, rule?.Act is FaultAct.Drip ? rule.Drip : null);
        Touched();
    }

    private FakeAnswer Do(FakeCall call)
    {
        try
        {
            return Locked(() => call.Request.Service switch
            {
                "identity" => Keystone.Handle(call),
                "compute" => Nova.Handle(Admitted(call)),
                "placement" => Placement.Handle(Admitted(call)),
                "image" => Glance.Handle(Admitted(call)),
                "network" => Neutron.Handle(Admitted(call)),
                "block-storage" => Cinder.Handle(Admitted(call)),
                _ => throw new FakeRefusal(404, "nothing is mounted here"),
            });
        }
        catch (FakeRefusal refusal)
        {
            return FakeFaults.Shape(call.Request.Service, refusal);
        }
        catch (Exception broken) when (broken is InvalidOperationException or JsonException or NullReferenceException or FormatException)
        {
            return FakeFaults.Shape(call.Request.Service, new FakeRefusal(400, $"Invalid input: {broken.Message}"));
        }
    }

    private FakeCall Admitted(FakeCall call)
    {
        if (call.Segments.Length is 0)
        {
            return call;
        }

        call.Token = Keystone.Check(call.Request.Headers.GetValueOrDefault("x-auth-token"), call.Request.Headers.GetValueOrDefault("x-service-token"));
        call.Request.ProjectId = call.Token.ProjectId;
        call.Request.UserId = call.Token.UserId;
        return call;
    }

    private async Task<bool> ReadAsync(HttpContext context, FakeCall call)
    {
        Locked(() => Glance.BodyBegins(call));
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            call.Bytes = body.ToArray();
            return true;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            // The caller went away half way: nothing was asked.
            Locked(() => Glance.BodyBroke(call));
            context.Abort();
            return false;
        }
    }

    private async Task WriteAsync(HttpContext context, FakeRequest request, FakeAnswer answer, TimeSpan? drip)
    {
        var reply = context.Response;
        reply.StatusCode = answer.Status;
        reply.Headers.Date = Now.ToString("R");
        reply.Headers["x-openstack-request-id"] = request.RequestId;
        if (request.Service is "compute")
        {
            reply.Headers["x-compute-request-id"] = request.RequestId;
        }

        foreach (var (name, value) in answer.Headers)
        {
            reply.Headers[name] = value;
        }

        if (answer.Status is 204 or 304)
        {
            return;
        }

        reply.ContentType = answer.ContentType;
        reply.ContentLength = answer.Body.Length;
        try
        {
            for (var at = 0; drip is not null && at < answer.Body.Length; at++)
            {
                await reply.Body.WriteAsync(answer.Body.AsMemory(at, 1), context.RequestAborted);
                await reply.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(drip.Value, TimeProvider.System, context.RequestAborted);
            }

            if (drip is null)
            {
                await reply.Body.WriteAsync(answer.Body, context.RequestAborted);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Whoever asked is dead; that is what some tests are about.
        }
    }

    private static bool IsText(HttpContext context) =>
        context.Request.ContentType?.Contains("octet-stream", StringComparison.OrdinalIgnoreCase) is not true;

    private static (string Service, string Path) Place(string path)
    {
        foreach (var (prefix, service) in Mounts)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] is '/'))
            {
                return (service, path.Length == prefix.Length ? "/" : path[prefix.Length..]);
            }
        }

        return ("", path);
    }
}
