using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Cascade.Agent;

/// <summary>SIGHUP reads the configuration again, SIGUSR2 writes the report; both go on running.</summary>
sealed class Signals(Hangup hangup, Report report) : IHostedService, IDisposable
{
    // signal(7), x86 and arm. PosixSignalRegistration takes raw numbers where the enumeration has no name.
    const PosixSignal SigUsr2 = (PosixSignal)12;
    readonly List<PosixSignalRegistration> _registered = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        On(PosixSignal.SIGHUP, hangup.Take);
        On(SigUsr2, report.Write);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registered.ForEach(r => r.Dispose());

    void On(PosixSignal signal, Action action) => _registered.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        action();
    }));
}
