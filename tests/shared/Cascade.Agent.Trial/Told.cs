using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Trial;

/// <summary>One line of standard input is one order; each is answered on standard output when it is done.</summary>
sealed class Told(IHealth health, TrialOptions first, Current<TrialOptions> options, ILogger<Told> log) : BackgroundService
{
    bool _hangs;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Console.Out.WriteLineAsync("listening");
        while (await Task.Run(Console.In.ReadLine, stoppingToken).WaitAsync(stoppingToken) is { } order)
            await Console.Out.WriteLineAsync(Do(order));
        // The test has gone; systemd would end us too.
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken) =>
        _hangs ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken) : base.StopAsync(cancellationToken);

    string Do(string order)
    {
        switch (order.Split(' ', 2))
        {
            case ["register"]:
                health.Registered();
                return "registered";
            case ["report", var component]:
                health.Report(component, HealthState.Down, $"told so, {options.Value.Password}");
                return "reported";
            case ["log", var text]:
                using (log.BeginScope(new LogContext { RequestId = "req-1" }))
                    Lines.Told(log, new InvalidOperationException(text), text);
                return "logged";
            case ["interval"]:
                return $"{first.Interval} {options.Value.Interval}";
            case ["hang"]:
                _hangs = true;
                return "hanging";
            case ["fail"]:
                throw new InvalidOperationException("told to fail");
            default:
                return "what?";
        }
    }
}
