using Cascade.L2Proxy;
using Cascade.Support.Sheets;

namespace L2Proxy.Tests;

/// <summary>Texts that operators read, held against the product.</summary>
sealed class SheetTest
{
    [Test]
    public void The_sheet_of_answers_says_what_the_contents_pages_say() =>
        new AnswersSheet("cascade-l2-proxy", "agents/L2Proxy", [new L2ProxyPage().Page()], L2ProxyPage.NotHeard).Match();

    [Test]
    public Task The_sample_of_the_configuration_is_what_the_executable_writes() =>
        SampleSheet.MatchAsync("cascade-l2-proxy", "agents/L2Proxy/deploy/l2-proxy.conf.sample");
}
