# frozen_string_literal: true

# A small Rails application behind the middleware: the same page for a support person and for a privileged one.
require "active_record"
require "action_controller"
require "rack"
require "rack/mock"
require "json"
require_relative "sealwire_role"

Thread.report_on_exception = false
ActiveRecord::Base.legacy_connection_handling = false
ActiveRecord::Base.configurations = {
  "default_env" => {
    "app" => { "url" => ENV.fetch("SHOP_URL"), "adapter" => "postgresql", "pool" => 4 },
    "support" => { "url" => ENV.fetch("CLERK_URL"), "adapter" => "postgresql", "pool" => 4 },
  },
}

class ApplicationRecord < ActiveRecord::Base
  self.abstract_class = true
  connects_to database: { writing: :app, support: :support }
end

class Customer < ApplicationRecord
end

class CustomersController < ActionController::API
  def show
    render json: Customer.find(params[:id]).as_json(only: %i[name email ssn notes])
  end

  def update
    customer = Customer.find(params[:id])
    customer.update!(params.permit(:name, :email, :ssn, :notes))
    render json: customer.reload.as_json(only: %i[name email ssn notes])
  end
end

# Without the middleware, by its own around_action.
class OwnCustomersController < CustomersController
  include SealwireRole::Controller
  sealwire_role(default: :support) { :writing if request.headers["X-User"] == "privileged" }
end

ROUTES = ActionDispatch::Routing::RouteSet.new
ROUTES.draw do
  resources :customers, only: %i[show update]
  get "own/:id", to: "own_customers#show"
end

# As Rails has it: what a request took from the pools goes back when it ends.
EXECUTOR = Class.new(ActiveSupport::Executor)
ActiveRecord::QueryCache.install_executor_hooks(EXECUTOR)

APP = Rack::Builder.app do
  use ActionDispatch::Executor, EXECUTOR
  use SealwireRole, default: :support do |env|
    :writing if env["HTTP_X_USER"] == "privileged"
  end
  run ROUTES
end
OWN = Rack::Builder.app do
  use ActionDispatch::Executor, EXECUTOR
  run ROUTES
end

def page(app, path, user, method: :get, **options)
  headers = user ? { "HTTP_X_USER" => user } : {}
  response = Rack::MockRequest.new(app).request(method.to_s.upcase, path, headers.merge(options))
  raise "#{response.status}: #{response.body[0, 300]}" unless response.status == 200

  JSON.parse(response.body)
end

def same(expected, found)
  raise "expected #{expected.inspect}, found #{found.inspect}" unless expected == found
end

whole = { "name" => "Ann", "email" => "ann@canary.example", "ssn" => "907-10-0001", "notes" => "canary note 1" }
masks = { "name" => "Ann", "email" => "a***@c***.example", "ssn" => "*******0001", "notes" => nil }
path = "/customers/#{Customer.find_by!(email: 'ann@canary.example').id}"

same whole, page(APP, path, "privileged")
puts "ok the privileged person sees values"
same masks, page(APP, path, "support")
same masks, page(APP, path, nil)
puts "ok the support person and a stranger see masks"

# The form of a support person posts every field back.
same masks.merge("name" => "Anna"), page(APP, path, "support", method: :patch, params: masks.merge("name" => "Anna"))
same whole.merge("name" => "Anna"), page(APP, path, "privileged")
page(APP, path, "privileged", method: :patch, params: whole)
puts "ok what a support person posts back destroys nothing"

# Many at once over few connections: nobody gets another's role.
answers = 16.times.map do |i|
  Thread.new { 10.times.map { page(APP, path, i.even? ? "privileged" : "support") }.uniq }
end.map(&:value)
same [[whole], [masks]] * 8, answers
puts "ok requests at once keep their roles"

# A role ends with its request, also when the request fails.
begin
  page(APP, "/customers/0", "privileged")
rescue StandardError
  nil
end
same masks, page(APP, path, "support")
same :writing, ActiveRecord::Base.current_role
puts "ok a failed request leaves no role behind"

own = path.sub("customers", "own")
same [whole, masks, masks], [page(OWN, own, "privileged"), page(OWN, own, "support"), page(OWN, own, nil)]
puts "ok the same by around_action"
