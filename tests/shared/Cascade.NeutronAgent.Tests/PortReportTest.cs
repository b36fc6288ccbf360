using Cascade.NeutronAgent.Ports;

namespace Cascade.NeutronAgent.Tests;

sealed class PortReportTest
{
    [TestCase("DOWN", true, "ACTIVE", "Up", TestName = "The child's port came up")]
    [TestCase("BUILD", true, "ACTIVE", "Up", TestName = "The child's port is up, and somebody asked the parent for details")]
    [TestCase("ACTIVE", true, "ACTIVE", "Nothing", TestName = "Told already")]
    [TestCase("ACTIVE", true, "DOWN", "Down", TestName = "The child's port went down")]
    [TestCase("ACTIVE", true, "ERROR", "Down", TestName = "There is no way to say ERROR")]
    [TestCase("ACTIVE", true, null, "Down", TestName = "The child's port is gone")]
    [TestCase("BUILD", true, "DOWN", "Down", TestName = "Half way up in the parent, and the child is down")]
    [TestCase("DOWN", true, "DOWN", "Nothing", TestName = "Down in both")]
    [TestCase("ACTIVE", true, "BUILD", "Nothing", TestName = "An agent of the child was restarted")]
    [TestCase("DOWN", true, "BUILD", "Nothing", TestName = "On its way up in the child")]
    [TestCase("ACTIVE", false, "ACTIVE", "Down", TestName = "Switched off in the parent, the child is not yet")]
    [TestCase("DOWN", false, "ACTIVE", "Nothing", TestName = "Switched off and told")]
    [TestCase("ACTIVE", false, "BUILD", "Down", TestName = "Switched off, whatever the child does")]
    [TestCase("ERROR", true, "DOWN", "Nothing", TestName = "Nothing better to say than ERROR")]
    [TestCase(null, true, "ACTIVE", "Up", TestName = "It is not certain that the parent heard of up")]
    [TestCase(null, true, "DOWN", "Down", TestName = "It is not certain that the parent heard of down")]
    public void The_parent_is_told(string? believed, bool adminUp, string? seen, string verdict) =>
        Assert.That(PortReport.Of(believed, adminUp, seen).ToString(), Is.EqualTo(verdict));
}
