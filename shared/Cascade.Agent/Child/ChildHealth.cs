using Cascade.Agent.Serving;
using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Child;

/// <summary>
/// Whether the child answers us: a light look every few seconds, and at once when a request found it silent. It counts as away when it has been silent
/// for a stated time, or when a request and the look that followed both were.
/// </summary>
public sealed class ChildHealth(ChildCloud child, IEnumerable<IChildProbe> probes, ChildOptions options, TimeProvider time, ILogger<ChildHealth> log, IHealth? components = null)
    : IWorker, IChildHealth, IDisposable
{
    const string Component = "child";

    readonly SemaphoreSlim looking = new(1);
    long heard = time.GetTimestamp();
    (long At, string Why)? silent;
    volatile string? reason;
    volatile bool watched;

    public bool Answers => reason is null;

    public string? Reason => reason;

    /// <summary>Whether this copy looks at all: only the active one does.</summary>
    public bool IsWatched => watched;

    /// <summary>Since the child was last heard, at most since this process began.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref heard));

    public event EventHandler? Changed;

    /// <summary>Looks now. Many whose requests failed at once ask for one look: it may have become well again by the time of the last of as many.</summary>
    /// <returns>Whether it answers; when not, it counts as away from now on, without waiting for the stated time.</returns>
    public async Task<bool> CheckAsync(CancellationToken cancelled)
    {
        var silence = await LookAsync(time.GetTimestamp(), cancelled);
        Judge(silence, patient: false);
        return silence is null;
    }

    public string Name => "child";

    public void Dispose() => looking.Dispose();

    public async Task RunAsync(CancellationToken cancelled)
    {
        watched = true;
        try
        {
            while (true)
            {
                Judge(await LookAsync(long.MaxValue, cancelled), patient: true);
                await Task.Delay(Answers ? options.ProbeInterval : options.ProbeInterval / 2, time, cancelled);
            }
        }
        finally
        {
            watched = false;
            components?.Report(Component, HealthState.Standby, "the active copy looks at it");
        }
    }

    /// <summary>Null when it answered, else why not.</summary>
    /// <param name="asked">A look of somebody else that ended after that is good enough when it was met with silence.</param>
    async Task<string?> LookAsync(long asked, CancellationToken cancelled)
    {
        await looking.WaitAsync(cancelled);
        try
        {
            if (silent is { } last && last.At >= asked)
            {
                return last.Why;
            }

            var silence = await ProbeAsync(cancelled);
            silent = silence is null ? silent : (time.GetTimestamp(), silence);
            return silence;
        }
        finally
        {
            looking.Release();
        }
    }

    async Task<string?> ProbeAsync(CancellationToken cancelled)
    {
        try
        {
            using var limit = new CancellationTokenSource(options.ProbeLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
            foreach (var probe in probes)
            {
                await probe.LookAsync(either.Token);
            }

            return null;
        }
        catch (CloudFault fault)
        {
            return ChildWords.Text(fault);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return $"no answer within {options.ProbeLimit.TotalSeconds:0} s";
        }
    }

    void Judge(string? silence, bool patient)
    {
        if (silence is null)
        {
            Interlocked.Exchange(ref heard, time.GetTimestamp());
        }
        else if (reason is null && patient && time.GetElapsedTime(Interlocked.Read(ref heard)) < options.AwayAfter)
        {
            return;
        }

        var before = Interlocked.Exchange(ref reason, silence);
        Report(silence);
        if (before is null == silence is null)
        {
            return;
        }

        if (silence is null)
        {
            Log.ChildBack(log, child.Name);
        }
        else
        {
            Log.ChildAway(log, child.Name, silence);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    // A look that somebody else asked for may end when this copy is not the active one any more.
    void Report(string? silence)
    {
        if (watched)
        {
            components?.Report(Component, silence is null ? HealthState.Up : HealthState.Down, silence is null ? $"{child.Name} answers" : $"{child.Name} is away: {silence}");
        }
    }
}
