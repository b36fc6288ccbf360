using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack.Compute;

namespace Cascade.NovaProxy.Tests.Servers;

public sealed class ReportTests
{
    /// <summary>Their judgements are pure: nothing that they act with is needed.</summary>
    static readonly ServerOperations Operations = new(
    [
        .. PowerOrder.All.Select(order => new PowerOperation(order, null!, null!, null!)),
        new RebootOperation(null!, null!),
    ]);

    // vm_state, task_state of the parent; status, task_state of the child (- for not there); whether the sight is younger than the order; what the parent should believe.
    [TestCase("building", "spawning", "BUILD", "spawning", true, "Nothing", "not yet")]
    [TestCase("building", "spawning", "ACTIVE", null, true, "Built", "it runs")]
    [TestCase("building", "spawning", "SHUTOFF", null, true, "Built", "built, and stopped by somebody: the next report is the power sync")]
    [TestCase("building", "spawning", "ERROR", null, false, "BuildFailed", "an error is one however old the sight")]
    [TestCase("building", "spawning", "-", null, true, "BuildFailed", "the child lost it")]
    [TestCase("building", "networking", "ACTIVE", null, true, "Nothing", "not linked yet: the build itself goes on")]
    [TestCase("active", "deleting", "ACTIVE", "deleting", true, "Nothing", "on its way")]
    [TestCase("active", "deleting", "ACTIVE", null, false, "Nothing", "seen before the order")]
    [TestCase("active", "deleting", "ACTIVE", null, true, "DeleteAgain", "the child forgot it")]
    [TestCase("active", "deleting", "ERROR", null, true, "DeleteFailed", "the child says that it cannot")]
    [TestCase("active", "deleting", "SOFT_DELETED", null, false, "DeleteAgain", "put aside is not gone")]
    [TestCase("active", "deleting", "-", null, true, "Deleted", "gone as wanted")]
    [TestCase("active", "deleting", "DELETED", null, true, "Deleted", "changes-since shows the deleted")]
    [TestCase("active", "powering-off", "ACTIVE", "powering-off", true, "Nothing", "on its way")]
    [TestCase("active", "powering-off", "SHUTOFF", null, false, "Done", "where it should be, whenever seen")]
    [TestCase("active", "powering-off", "ACTIVE", null, false, "Nothing", "seen before the order")]
    [TestCase("active", "powering-off", "ACTIVE", null, true, "OrderFailed", "the child took it and did not do it")]
    [TestCase("stopped", "powering-on", "ACTIVE", null, true, "Done", "it runs")]
    [TestCase("stopped", "powering-on", "ERROR", null, true, "OrderFailed", "the child's fault")]
    [TestCase("active", "reboot_started", "ACTIVE", null, false, "Nothing", "the guest before the reboot looks the same")]
    [TestCase("active", "reboot_started", "REBOOT", "rebooting", true, "Nothing", "on its way")]
    [TestCase("active", "reboot_started", "ACTIVE", null, true, "Done", "it runs again")]
    [TestCase("active", "reboot_started_hard", "ERROR", null, true, "OrderFailed", "the child's fault")]
    [TestCase("active", null, "ACTIVE", null, true, "Nothing", "all is well")]
    [TestCase("active", null, "SHUTOFF", null, true, "PowerChanged", "stopped behind the parent's back")]
    [TestCase("active", null, "SHUTOFF", "powering-on", true, "Nothing", "somebody is at it in the child")]
    [TestCase("active", null, "-", null, true, "Vanished", "deleted behind the parent's back")]
    [TestCase("error", null, "-", null, true, "Vanished", "power says that it was there")]
    [TestCase("shelved", null, "-", null, true, "Vanished", "its image is not the server")]
    [TestCase("shelved", "powering-on", "-", null, true, "Vanished", "what was to be started is not there")]
    [TestCase("active", "rebuilding", "SHUTOFF", null, true, "Nothing", "an intent that is not ours to complete")]
    [TestCase("soft-delete", null, "ACTIVE", null, true, "Nothing", "handled when it is reclaimed")]
    [TestCase("soft-delete", null, "SHUTOFF", null, true, "PowerChanged", "its power is written as any other's")]
    [TestCase("soft-delete", null, "-", null, true, "Nothing", "deleted it is")]
    [TestCase("soft-delete", null, "ERROR", null, true, "PowerChanged", "nobody shall see an error of what he deleted")]
    [TestCase("active", "soft-deleting", "ACTIVE", null, true, "OrderFailed", "the child took it and did not do it")]
    [TestCase("active", "soft-deleting", "SUSPENDED", null, true, "Done", "a suspended guest is off")]
    [TestCase("active", "soft-deleting", "-", null, true, "Done", "gone is off")]
    [TestCase("active", "pausing", "ACTIVE", "pausing", true, "Nothing", "on its way")]
    [TestCase("active", "pausing", "PAUSED", null, false, "Done", "where it should be, whenever seen")]
    [TestCase("active", "pausing", "ACTIVE", null, true, "OrderFailed", "the child took it and did not do it")]
    [TestCase("active", "pausing", "-", null, true, "Vanished", "deleted behind the parent's back")]
    [TestCase("paused", "unpausing", "ACTIVE", null, true, "Done", "it runs again")]
    [TestCase("active", "suspending", "SUSPENDED", null, true, "Done", "saved")]
    [TestCase("active", "suspending", "ERROR", null, true, "OrderFailed", "the child's fault")]
    [TestCase("suspended", "resuming", "ACTIVE", null, true, "Done", "it runs again")]
    [TestCase("soft-delete", "restoring", "ACTIVE", null, true, "Done", "it runs again")]
    [TestCase("active", null, "PAUSED", null, true, "PowerChanged", "paused behind the parent's back")]
    [TestCase("active", null, "ERROR", null, true, "Errored", "its host died")]
    [TestCase("rescued", null, "ERROR", null, true, "Errored", "its host died")]
    [TestCase("resized", null, "ERROR", null, true, "ResizeOver", "whether it was confirmed or reverted there is looked into: an error would shut the way to both")]
    [TestCase("active", null, "ERROR", "rebuilding", true, "Nothing", "somebody is at it in the child")]
    public void What_the_parent_should_believe(string vm, string? task, string status, string? childTask, bool answers, string verdict, string because)
    {
        var seen = status == "-" ? null : new Server { Id = "s", Status = status, TaskState = childTask, PowerState = status is "ACTIVE" ? 1 : status is "SHUTOFF" ? 4 : 0 };
        Assert.That(Of(new(vm, task, 1), seen, answers).GetType().Name, Is.EqualTo(verdict), because);
    }

    [TestCase(VmStates.Error)]
    [TestCase(VmStates.Shelved)]
    public void A_server_that_vanished_is_said_to_have_once(string vmState) =>
        Assert.That(Of(new(vmState, null, 0), null, true), Is.InstanceOf<Verdict.Nothing>());

    [TestCase("error", "ACTIVE", "active", "as it is there")]
    [TestCase("error", "SHUTOFF", "stopped", "as it is there")]
    [TestCase("error", "RESCUE", "rescued", "as it was")]
    [TestCase("active", "ACTIVE", null, "the parent made something else of it meanwhile")]
    public void What_the_parent_believes_when_an_error_it_was_told_of_is_over(string vm, string status, string? state, string because) =>
        Assert.That(Of(new(vm, null, 1) { BeforeError = "rescued" }, new Server { Id = "s", Status = status, PowerState = 1 }, true), Is.EqualTo(new Verdict.Recovered(state, PowerState.Running)), because);

    [Test]
    public void An_error_is_told_once() =>
        Assert.That(Of(new(VmStates.Active, null, 1) { BeforeError = "active" }, new Server { Id = "s", Status = "ERROR", PowerState = 1 }, true), Is.InstanceOf<Verdict.Nothing>());

    static Verdict Of(Believed row, Server? seen, bool answers) => ServerReport.Of(row, seen, answers, Operations.Of(row));
}
