using System.Diagnostics;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>How one request ended, and what its caller hears.</summary>
readonly record struct Outcome(Ending Ending, JsonNode? Result = null, RpcFault? Fault = null, string Reason = "");

/// <summary>The one catch per message: hands a request to the endpoint and turns whatever comes of it into an <see cref="Outcome"/>.</summary>
sealed class Servant(IRpcEndpoint endpoint, RpcServerOptions options, Replier replier, ILogger log, TimeProvider clock, CancellationToken stopping)
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public async Task<Outcome> ServeAsync(Work work)
    {
        using var activity = Telemetry.Begin(work.Method, ActivityKind.Server, work.Trace);
        activity?.SetTag("rpc.system", "oslo.messaging").SetTag("rpc.method", work.Method).SetTag("openstack.request_id", work.RequestId);
        using var lines = log.BeginScope(RequestLines.Of(work.Request.Context));
        using var shown = Telemetry.Serving(work.Since, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = clock.CreateTimer(Cancel, limit, Left(work), Timeout.InfiniteTimeSpan);
        var heart = Heart.Start(work, replier, log, clock);
        Outcome outcome;
        for (var attempt = 1; ; attempt++)
        {
            outcome = await TryAsync(work, attempt, limit.Token);
            if (outcome.Ending != Ending.Dead || outcome.Fault is not null || attempt >= options.PoisonAfter)
            {
                break;
            }

            try
            {
                await Task.Delay(Pause(attempt), clock, limit.Token);
            }
            catch (OperationCanceledException)
            {
                outcome = Stopped(work);
                break;
            }
        }

        if (heart is not null)
        {
            await heart.DisposeAsync();
        }

        if (outcome.Ending is Ending.Fault or Ending.Dead)
        {
            activity?.SetStatus(ActivityStatusCode.Error, outcome.Fault?.Class ?? outcome.Reason);
        }

        Telemetry.Served.Add(1, new("method", work.Method), new KeyValuePair<string, object?>("outcome", Word(outcome.Ending)));
        Telemetry.ServingTime.Record(clock.GetElapsedTime(work.Since).TotalSeconds, new KeyValuePair<string, object?>("method", work.Method));
        return outcome;
    }

    async ValueTask<Outcome> TryAsync(Work work, int attempt, CancellationToken limit)
    {
        try
        {
            return new(Ending.Done, await endpoint.ServeAsync(work.Request, limit));
        }
        catch (RpcFault fault)
        {
            Log.Answered(log, work.Method, work.RequestId, fault.ToString());
            return new(Ending.Fault, Fault: fault);
        }
        catch (UnservableException unservable)
        {
            Log.Answered(log, work.Method, work.RequestId, unservable.Fault.ToString());
            return work.Request.IsCall ? new(Ending.Fault, Fault: unservable.Fault) : new(Ending.Dead, Fault: unservable.Fault, Reason: unservable.Fault.ToString());
        }
        catch (ParkException park)
        {
            return Parked(work, park.Message);
        }
        catch (RpcTimeoutException silent) when (!work.Request.IsCall)
        {
            // Who is silent is on the bus, not in the message: it is not to blame, and it is not given up for that.
            return Parked(work, silent.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Stopped(work);
        }
#pragma warning disable CA1031 // The boundary: whatever our own code throws is logged here, once, and answered.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            Log.Failed(log, failed, work.Method, work.RequestId, attempt, work.Request.IsCall ? 1 : options.PoisonAfter);
            return work.Request.IsCall
                ? new(Ending.Fault, Fault: OsloFaults.Unexpected(work.Request.Context.RequestId))
                : new(Ending.Dead, Reason: $"failed {attempt} times, last with {failed.GetType().Name}: {failed.Message}");
        }
    }

    static string Word(Ending ending) => ending switch
    {
        Ending.Done => "done",
        Ending.Fault => "fault",
        Ending.Park => "parked",
        Ending.Dead => "dead",
        _ => "left",
    };

    Outcome Stopped(Work work) =>
        stopping.IsCancellationRequested ? new(Ending.Left) : Parked(work, $"not done within {options.HandlerLimit}");

    Outcome Parked(Work work, string reason) =>
        work.Request.IsCall ? new(Ending.Fault, Fault: options.Unavailable(reason)) : new(Ending.Park, Reason: reason);

    TimeSpan Left(Work work)
    {
        var left = options.HandlerLimit - clock.GetElapsedTime(work.Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    static TimeSpan Pause(int attempt)
    {
        var pause = TimeSpan.FromSeconds(1L << Math.Min(attempt - 1, 5));
        return pause < LongestPause ? pause : LongestPause;
    }

    static void Cancel(object? source)
    {
        try
        {
            ((CancellationTokenSource)source!).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The handler ended in this very moment.
        }
    }
}
