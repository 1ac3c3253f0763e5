"""The doors of one family's plan, under /families/<uuid:family>/. What each shows is at the top of `page.py`."""

from django.urls import URLPattern, URLResolver, include, path

from familieplan.plan.views import agreements, efforts, followups, goals, network, page, tasks, topics, words

app_name = "plan"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", page.family, name="family"),
    path("who/", page.who_will, name="who_will"),
    path("who/<int:drawer>/", page.who, name="who"),
    path("earlier/<uuid:row>/", page.earlier, name="earlier"),
    path("topics/add/", topics.add, name="add_topic"),
    path("topics/<uuid:topic>/edit/", topics.change, name="change_topic"),
    path("topics/<uuid:topic>/statements/add/", words.about_topic, name="add_statement"),
    path("topics/<uuid:topic>/goals/add/", goals.add, name="add_goal"),
    path("topics/<uuid:topic>/agreements/add/", agreements.add, name="add_topic_agreement"),
    path("hopes/add/", words.hope, name="add_hope"),
    path("burning/add/", words.burning, name="add_burning"),
    path("wellbeing/add/", words.wellbeing, name="add_wellbeing"),
    path("statements/<uuid:statement>/edit/", words.change, name="change_statement"),
    path("goals/<uuid:goal>/edit/", goals.change, name="change_goal"),
    path("goals/<uuid:goal>/helps/add/", goals.link, name="link_goals"),
    path("goals/<uuid:goal>/steps/<uuid:step>/done/", goals.step_reached, name="step_reached"),
    path("agreements/add/", agreements.add, name="add_agreement"),
    path("agreements/earlier/", agreements.earlier, name="earlier_agreements"),
    path("agreements/<uuid:agreement>/edit/", agreements.change, name="change_agreement"),
    path("agreements/<uuid:agreement>/done/", agreements.report, name="report_agreement"),
    path("agreements/<uuid:agreement>/later/", agreements.later, name="later_agreement"),
    path("agreements/<uuid:agreement>/go-on/", agreements.go_on, name="go_on_with_trial"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("interventions/add/", efforts.add_intervention, name="add_intervention"),
    path("interventions/<uuid:intervention>/edit/", efforts.change_intervention, name="change_intervention"),
    path("interventions/<uuid:intervention>/idea/", words.idea, name="add_idea"),
    path("times/add/", efforts.add_time, name="add_time"),
    path("times/<uuid:time>/edit/", efforts.change_time, name="change_time"),
    path("plans/add/", efforts.add_plan, name="add_plan"),
    path("plans/<uuid:plan>/edit/", efforts.change_plan, name="change_plan"),
    path("plans/<uuid:plan>/follow-ups/", followups.all_of, name="follow_ups"),
    path("plans/<uuid:plan>/follow-ups/add/", followups.add, name="add_follow_up"),
    path("network/add/", network.add, name="add_network_person"),
    path("network/<uuid:person>/edit/", network.change, name="change_network_person"),
    path("", include("familieplan.plan.fridge.urls")),
]
